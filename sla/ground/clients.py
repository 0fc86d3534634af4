"""Where a request comes from, as far as we can know it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Return the client's address: the socket's, or X-Real-IP where BEHIND_PROXY.

    Our proxy replaces that header. Anything else a client claims, X-Forwarded-For
    included, is not looked at: forged headers buy no further tries.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    told = request.headers.get("X-Real-IP", "") if settings.BEHIND_PROXY else direct
    try:
        return str(ipaddress.ip_address(told.strip()))
    except ValueError:
        return direct or "0.0.0.0"  # noqa: S104 an address to count under, none to bind
