from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "sla"
    verbose_name = "时限"
    default_auto_field = "django.db.models.BigAutoField"
