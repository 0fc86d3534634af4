from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    """Give the house as a whole its commands and checks; it has no models."""

    name = "portal"
    label = "portal"
    verbose_name = "办电"
    default = True


class BandianAdminConfig(AdminConfig):
    """Make the portal's own admin site the default, so that apps register plainly."""

    default_site = "portal.admin_site.BandianAdminSite"
    default = False
