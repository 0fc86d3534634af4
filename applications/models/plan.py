"""供电方案: what the utility offers, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.classification import Voltage


class Plan(models.Model):
    """One supply plan as it was replied; an objection leads to the next round."""

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="plans"
    )
    round = models.PositiveSmallIntegerField(_("第几次答复"))
    voltage = models.CharField(_("供电电压"), max_length=10, choices=Voltage)
    capacity_kw = models.DecimalField(
        _("批准容量（千瓦）"), max_digits=10, decimal_places=1
    )
    supply_point = models.CharField(_("电源点（线路、台区）"), max_length=200)
    metering = models.CharField(_("计量方式"), max_length=200)
    ownership_boundary = models.CharField(_("产权分界点"), max_length=200)
    tariff = models.CharField(_("执行电价"), max_length=100)
    fees = models.CharField(_("收费项目及金额"), max_length=200)
    works = models.TextField(_("工程内容及分工"), blank=True)
    valid_until = models.DateField(_("方案有效期至"))
    extended = models.BooleanField(_("已延期"), default=False)
    replied_at = models.DateTimeField(_("答复时间"))
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    objected_at = models.DateTimeField(_("异议时间"), null=True)
    objection = models.TextField(_("异议内容"), blank=True)

    class Meta:
        verbose_name = _("供电方案")
        verbose_name_plural = _("供电方案")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "round"], name="plan_round_once"
            ),
            models.CheckConstraint(
                name="plan_confirmed_or_objected",
                condition=Q(confirmed_at__isnull=True) | Q(objected_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return _("%(number)s 第%(round)s次答复") % {
            "number": self.application_id,
            "round": self.round,
        }
