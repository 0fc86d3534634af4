"""频繁停电: who was cut too often, and what is done until it stops."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from outages.lifecycles.acts import edge
from outages.lifecycles.governance import ACTS, OPEN, Status
from outages.models.network import Line, Transformer


def _one_part(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(line__isnull=False, transformer=None)
        | Q(line=None, transformer__isnull=False),
    )


class Frequency(models.Model):
    """How often one line or one transformer area was cut: a cache of what is counted.

    ``as_of`` is the Shanghai date the windows end on. Kept for parts with anything in
    their windows; the interruptions are the truth.
    """

    line = models.OneToOneField(
        Line, on_delete=models.CASCADE, null=True, related_name="frequency"
    )
    transformer = models.OneToOneField(
        Transformer, on_delete=models.CASCADE, null=True, related_name="frequency"
    )
    as_of = models.DateField(_("截至"))
    in_60_days = models.PositiveSmallIntegerField(_("连续60天"))
    in_365_days = models.PositiveSmallIntegerField(_("连续365天"))
    in_this_year = models.PositiveSmallIntegerField(_("本自然年"))
    # exceeded, near (one more and …), or calm
    verdict = models.CharField(_("判定"), max_length=10, db_index=True)

    class Meta:
        verbose_name = _("停电频次")
        verbose_name_plural = _("停电频次")
        constraints = [_one_part("frequency_of_one_part")]

    def __str__(self) -> str:
        return f"{self.line or self.transformer} {self.in_60_days}/{self.in_365_days}"


class GovernanceCaseQuerySet(models.QuerySet["GovernanceCase"]):
    """Questions about many cases."""

    def open(self) -> Self:
        """Keep what is not closed yet."""
        return self.filter(status__in=OPEN)


class GovernanceCase(models.Model):
    """One line or 台区 cut too often, until a clean period closes the case (销号)."""

    number = models.CharField(_("治理编号"), max_length=24, unique=True)
    status = FSMField(
        _("状态"),
        default=Status.OPENED,
        choices=Status.choices,
        protected=False,
        editable=False,
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, related_name="governance_cases"
    )
    transformer = models.ForeignKey(
        Transformer,
        on_delete=models.PROTECT,
        null=True,
        related_name="governance_cases",
    )
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("所在区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Which rules were broken, with the counts and outages of that day
    findings = models.JSONField(_("超标情况"), default=dict)
    opened_at = models.DateTimeField(_("立案时间"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("责任人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    measures = models.TextField(_("治理方案"), blank=True)
    planned_on = models.DateField(_("计划完成日期"), null=True, blank=True)
    works_done_at = models.DateTimeField(_("施工完成时间"), null=True, editable=False)
    inspected_at = models.DateTimeField(_("检查时间"), null=True, editable=False)
    inspection = models.TextField(_("检查情况"), blank=True)
    inspection_passed = models.BooleanField(_("检查合格"), null=True, editable=False)
    closed_at = models.DateTimeField(_("销号时间"), null=True, editable=False)
    reopened = models.PositiveSmallIntegerField(_("重新立案次数"), default=0)
    last_seq = models.PositiveIntegerField(default=0, editable=False)

    objects = GovernanceCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("频繁停电治理")
        verbose_name_plural = _("频繁停电治理")
        constraints = [
            _one_part("governance_of_one_part"),
            models.UniqueConstraint(fields=["line"], name="governance_case_of_line"),
            models.UniqueConstraint(
                fields=["transformer"], name="governance_case_of_transformer"
            ),
            models.CheckConstraint(
                name="governance_status_known",
                condition=Q(status__in=list(Status.values)),
            ),
            models.CheckConstraint(
                name="governance_closed_iff_over",
                condition=Q(status__in=sorted(OPEN), closed_at=None)
                | (~Q(status__in=sorted(OPEN)) & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def part(self) -> Line | Transformer:
        """Return the line or the transformer area that is governed."""
        part = self.line or self.transformer
        assert part is not None
        return part

    # -- The transitions ---------------------------------------------------------------
    @transition(field=status, **edge(ACTS, "plan"))
    def plan(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "start_works"))
    def start_works(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "finish_works"))
    def finish_works(self, at: datetime) -> None:
        self.works_done_at = at

    @transition(field=status, **edge(ACTS, "close"))
    def close(self, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, **edge(ACTS, "lift"))
    def lift(self, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, **edge(ACTS, "reopen"))
    def reopen(self, at: datetime) -> None:
        self.closed_at = None
        self.works_done_at = None
        self.inspected_at = None
        self.inspection_passed = None
        self.reopened += 1
