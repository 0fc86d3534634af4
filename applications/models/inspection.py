"""Examinations by the utility: design review, mid-way and final inspection."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sla.vocabulary import Stage


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Questions about many examinations."""

    def failed(self, *stages: Stage) -> "InspectionQuerySet":
        """Narrow to what was not passed, of these stages or of all."""
        return self.filter(passed=False, stage__in=stages or Inspection.KINDS)


class Inspection(models.Model):
    """One examination, from the applicant's report to the utility's result."""

    KINDS = (Stage.DESIGN_REVIEW, Stage.MID_INSPECTION, Stage.FINAL_INSPECTION)

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="inspections"
    )
    stage = models.CharField(
        _("环节"), max_length=20, choices=[(s.value, s.label) for s in KINDS]
    )
    round = models.PositiveSmallIntegerField(_("第几次"))
    reported_at = models.DateTimeField(_("报验时间"))
    report = models.TextField(_("报验说明"), blank=True)
    concluded_at = models.DateTimeField(_("结论时间"), null=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    passed = models.BooleanField(_("合格"), null=True)
    findings = models.TextField(_("检查意见"), blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查")
        verbose_name_plural = _("检查")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "round"], name="inspection_round_once"
            ),
            models.CheckConstraint(
                name="inspection_concluded_together",
                condition=Q(
                    concluded_at__isnull=True,
                    concluded_by__isnull=True,
                    passed__isnull=True,
                )
                | Q(
                    concluded_at__isnull=False,
                    concluded_by__isnull=False,
                    passed__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("%(number)s %(stage)s 第%(round)s次") % {
            "number": self.application_id,
            "stage": self.get_stage_display(),
            "round": self.round,
        }
