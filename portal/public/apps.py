from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "portal.public"
    verbose_name = _("公开信息")
    default_auto_field = "django.db.models.BigAutoField"
