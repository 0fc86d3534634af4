from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class OutagesConfig(AppConfig):
    name = "outages"
    verbose_name = pgettext_lazy("several", "停电")
    default_auto_field = "django.db.models.BigAutoField"
