"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from portal.checks import refuse_public_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
refuse_public_keys()
