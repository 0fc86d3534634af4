from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import Tags, register

from portal.checks import (
    keys_are_secret,
    pushes_can_be_signed,
    texts_leave_the_house,
)


class PortalConfig(AppConfig):
    """Give the house as a whole its commands and checks; it has no models."""

    name = "portal"
    label = "portal"
    verbose_name = "办电"
    default = True

    def ready(self) -> None:
        """Register the checks of a deployment."""
        register(keys_are_secret, Tags.security, deploy=True)
        register(texts_leave_the_house, deploy=True)
        register(pushes_can_be_signed, deploy=True)


class BandianAdminConfig(AdminConfig):
    """Make the portal's own admin site the default, so that apps register plainly."""

    default_site = "portal.admin_site.BandianAdminSite"
    default = False


class PortalStaticFilesConfig(StaticFilesConfig):
    """Collect of each front-end package what pages use, not its every build."""

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        "*.mjs",
        "*.mjs.map",
        "*.rtl.*",
        "bootstrap-grid*",
        "bootstrap-reboot*",
        "bootstrap-utilities*",
        "bootstrap.esm*",
        "echarts.common*",
        "echarts.esm*",
        "echarts.js*",
        "echarts.simple*",
        "extension",
        "redoc*",
        "swagger-ui-es-bundle*",
        "swagger-ui.js*",
    )
