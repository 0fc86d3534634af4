"""装表接电: the meter that was hung and the 户号 it serves."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

ACCOUNT_NUMBER = RegexValidator(r"^\d{10}(\d{3})?$", _("户号应为10位或13位数字。"))
METER_NUMBER = RegexValidator(
    r"^[0-9A-Z]{6,24}$", _("电能表编号应为6至24位数字或字母。")
)


class Connection(models.Model):
    """The result of an application: electricity on a meter."""

    application = models.OneToOneField(
        "applications.Application", on_delete=models.PROTECT, related_name="connection"
    )
    meter_number = models.CharField(
        _("电能表编号"), max_length=24, validators=[METER_NUMBER]
    )
    account_number = models.CharField(
        _("户号"), max_length=13, validators=[ACCOUNT_NUMBER], db_index=True
    )
    energised_at = models.DateTimeField(_("送电时间"))
    energised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("装表接电")
        verbose_name_plural = _("装表接电")

    def __str__(self) -> str:
        return self.account_number
