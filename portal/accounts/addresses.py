"""Where a request comes from: by this name the settings know it."""

from sla.ground.clients import client_ip as client_ip
