from django.apps import AppConfig


class OutagesConfig(AppConfig):
    name = "outages"
    verbose_name = "停电"
    default_auto_field = "django.db.models.BigAutoField"
