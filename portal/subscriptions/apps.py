from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    name = "portal.subscriptions"
    verbose_name = _("停电订阅")
    default_auto_field = "django.db.models.BigAutoField"
