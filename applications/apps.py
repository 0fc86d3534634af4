from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "用电报装"
    default_auto_field = "django.db.models.BigAutoField"
