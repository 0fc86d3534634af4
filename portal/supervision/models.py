"""Monthly figures as they were reported: written once, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.supervision.scope import Basis
from sla.ground.append_only import AppendOnly
from sla.vocabulary import Stage, UserType


class MonthlyReport(AppendOnly):
    """Stand for one month that is over; its figures are as of its last moment."""

    month = models.DateField(_("月份"), primary_key=True)
    frozen_at = models.DateTimeField(_("冻结时间"))

    class Meta:
        verbose_name = _("月度统计")
        verbose_name_plural = _("月度统计")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthlyFigure(AppendOnly):
    """Hold the counts of one group of one month; zero groups have no row."""

    report = models.ForeignKey(
        MonthlyReport, on_delete=models.PROTECT, related_name="figures"
    )
    basis = models.CharField(_("口径"), max_length=10, choices=Basis)
    stage = models.CharField(_("环节"), max_length=20, choices=Stage)
    user_type = models.CharField(_("用户类型"), max_length=20, choices=UserType)
    region = models.ForeignKey(
        "sla.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("区")
    )
    met = models.PositiveIntegerField(_("按时完成"))
    missed = models.PositiveIntegerField(_("超期完成"))
    overdue = models.PositiveIntegerField(_("在办已超期"))
    exempt = models.PositiveIntegerField(_("受限已报备"))

    class Meta:
        verbose_name = _("月度数字")
        verbose_name_plural = _("月度数字")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "basis", "stage", "user_type", "region"],
                name="monthly_figure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.get_basis_display()}"
