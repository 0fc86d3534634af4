from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "portal.supervision"
    verbose_name = "监管"
    default_auto_field = "django.db.models.BigAutoField"
