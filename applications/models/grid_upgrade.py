"""受限: the public grid must be upgraded first (action plan, item 1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GridUpgrade(models.Model):
    """Why an application waits for the grid, who approved saying so, and until when."""

    application = models.ForeignKey(
        "applications.Application",
        on_delete=models.PROTECT,
        related_name="grid_upgrades",
    )
    project_name = models.CharField(_("项目名称"), max_length=100)
    project_address = models.CharField(_("项目地址"), max_length=200)
    reason = models.TextField(_("受限原因"))
    responsible_unit = models.CharField(_("责任单位"), max_length=100)
    approved_by_name = models.CharField(_("批准人"), max_length=50)
    flagged_at = models.DateTimeField(_("登记时间"))
    cleared_at = models.DateTimeField(_("解除时间"), null=True)

    class Meta:
        verbose_name = _("电网升级受限")
        verbose_name_plural = _("电网升级受限")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(cleared_at__isnull=True),
                name="grid_upgrade_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.project_name


class GridUpgradeDate(models.Model):
    """One stated completion date; the last one counts, none is ever overwritten."""

    upgrade = models.ForeignKey(
        GridUpgrade, on_delete=models.PROTECT, related_name="dates"
    )
    planned_on = models.DateField(_("工程计划完成时限"))
    reason = models.TextField(_("变更原因"), blank=True)
    at = models.DateTimeField(_("登记时间"))
    by_label = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("工程计划完成时限")
        verbose_name_plural = _("工程计划完成时限")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.planned_on.isoformat()
