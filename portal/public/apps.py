from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "portal.public"
    verbose_name = "公开信息"
    default_auto_field = "django.db.models.BigAutoField"
