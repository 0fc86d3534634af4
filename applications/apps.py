from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("用电报装")
    default_auto_field = "django.db.models.BigAutoField"
