"""A clock and its ledger: events are the truth, the row is an indexed cache of them."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sla.engine import day_of, midnight
from sla.ground.append_only import AppendOnly
from sla.models.policy import PolicyLimit
from sla.models.region import Region
from sla.vocabulary import (
    ClockEventKind,
    ClockState,
    Level,
    RepairStage,
    Stage,
    Unit,
    UserType,
)

OPEN = (ClockState.RUNNING, ClockState.PAUSED)
CLOSED = (ClockState.MET, ClockState.MISSED, ClockState.CANCELLED)


class ClockQuerySet(models.QuerySet["Clock"]):
    def open(self) -> "ClockQuerySet":
        """Keep clocks that run or are paused."""
        return self.filter(stopped_at=None)

    def running(self) -> "ClockQuerySet":
        """Keep clocks that count now."""
        return self.filter(state=ClockState.RUNNING)

    def overdue(self, at: datetime) -> "ClockQuerySet":
        """Keep running clocks whose due moment is past; paused ones never are."""
        return self.running().filter(due_at__lt=at)

    def due_on(self, day: date) -> "ClockQuerySet":
        """Keep running clocks that end on this Shanghai date."""
        tomorrow = day + timedelta(days=1)
        return self.running().filter(
            due_at__gte=midnight(day), due_at__lt=midnight(tomorrow)
        )

    def national(self) -> "ClockQuerySet":
        """Keep what regulators count."""
        return self.filter(level=Level.NATIONAL)

    def of(self, reference: str | None) -> "ClockQuerySet":
        """Keep the clocks of one public number."""
        return self.filter(reference=reference)


class Clock(models.Model):
    """Time one limit of one case."""

    kind = models.CharField(_("种类"), max_length=30)
    reference = models.CharField(_("编号"), max_length=32)
    region = models.ForeignKey(
        Region,
        verbose_name=_("地区"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    user_type = models.CharField(
        _("用户类型"), max_length=20, choices=UserType, blank=True
    )
    stage = models.CharField(
        _("环节"), max_length=20, choices=[*Stage.choices, *RepairStage.choices]
    )
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    round = models.PositiveSmallIntegerField(_("第几次"), default=1)
    # No index: it is read from the clock to the limit; deleting a limit may be slow.
    policy_limit = models.ForeignKey(
        PolicyLimit,
        verbose_name=_("依据"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    limit_value = models.PositiveIntegerField(_("时限"))
    # Not the figure of one policy row: the steps that a case really runs, added up.
    limit_summed = models.BooleanField(_("按实际环节合计"), default=False)
    limit_unit = models.CharField(_("单位"), max_length=12, choices=Unit)
    calendar_version = models.CharField(_("日历版本"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=ClockState)
    started_at = models.DateTimeField(_("开始"))
    due_at = models.DateTimeField(_("截止"), null=True)
    warn_at = models.DateTimeField(_("预警时刻"), null=True)
    next_event_at = models.DateTimeField(_("下一时刻"), null=True)
    paused_at = models.DateTimeField(_("暂停于"), null=True)
    stopped_at = models.DateTimeField(_("结束于"), null=True)
    breached_at = models.DateTimeField(_("超期于"), null=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    exempt_reported = models.BooleanField(_("受限已报备"), default=False)
    last_seq = models.PositiveIntegerField(_("末条序号"), default=0)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("时钟")
        verbose_name_plural = _("时钟")
        indexes = [
            # The sweep reads this one alone: what has a next moment, by that moment.
            models.Index(
                fields=["next_event_at"],
                condition=Q(state=ClockState.RUNNING, next_event_at__isnull=False),
                name="clock_next_moment",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(state=ClockState.RUNNING),
                name="clock_running_due",
            ),
            models.Index(
                fields=["stopped_at"],
                condition=Q(stopped_at__isnull=False),
                name="clock_closed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "kind", "stage", "level", "round"],
                name="clock_once_per_round",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, stopped_at__isnull=True)
                | Q(state__in=CLOSED, stopped_at__isnull=False),
                name="clock_closed_iff_stopped",
            ),
            models.CheckConstraint(
                condition=Q(state=ClockState.PAUSED, paused_at__isnull=False)
                | (~Q(state=ClockState.PAUSED) & Q(paused_at__isnull=True)),
                name="clock_paused_iff_since",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClockState.RUNNING) | Q(due_at__isnull=False),
                name="clock_running_has_due",
            ),
            models.CheckConstraint(
                condition=Q(state=ClockState.RUNNING) | Q(next_event_at__isnull=True),
                name="clock_only_running_moves",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClockState.MET) | Q(breached_at__isnull=True),
                name="clock_met_never_breached",
            ),
            models.CheckConstraint(
                condition=Q(limit_value__gte=1), name="clock_limit_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True)
                | Q(stopped_at__gte=F("started_at")),
                name="clock_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.get_stage_display()}"

    @property
    def is_open(self) -> bool:
        return self.stopped_at is None

    @property
    def due_on(self) -> date | None:
        """Give the Shanghai date of the last day, or nothing while paused."""
        return day_of(self.due_at) if self.due_at else None

    @property
    def tone(self) -> str:
        """Name how the clock looks from what is recorded, without asking the time.

        One of normal, warning, overdue, paused, met, missed, cancelled.
        """
        if self.state != ClockState.RUNNING:
            return self.state
        if self.breached_at is not None:
            return "overdue"
        return "warning" if self.next_event_at == self.due_at else "normal"

    def tone_at(self, at: datetime) -> str:
        """Name how the clock looks at a moment; adds `due_today` to the tones."""
        if self.state != ClockState.RUNNING or self.due_at is None:
            return self.tone
        if at > self.due_at:
            return "overdue"
        if self.due_on == day_of(at):
            return "due_today"
        return "warning" if self.warn_at and at >= self.warn_at else "normal"


class ClockEvent(AppendOnly):
    """Record what happened to a clock; rows are added, never changed."""

    clock = models.ForeignKey(
        Clock,
        verbose_name=_("时钟"),
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
    )
    seq = models.PositiveIntegerField(_("序号"))
    at = models.DateTimeField(_("时刻"))
    kind = models.CharField(_("事项"), max_length=10, choices=ClockEventKind)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    by = models.CharField(_("经办"), max_length=80)
    value = models.PositiveIntegerField(_("时限值"), null=True)
    payload = models.JSONField(_("详情"), default=dict, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"), db_default=Now())

    class Meta:
        verbose_name = _("时钟记录")
        verbose_name_plural = _("时钟记录")
        constraints = [
            models.UniqueConstraint(fields=["clock", "seq"], name="clock_event_order"),
            models.UniqueConstraint(
                fields=["clock", "at"],
                condition=Q(kind=ClockEventKind.WARN),
                name="clock_warned_once_per_moment",
            ),
            models.UniqueConstraint(
                fields=["clock"],
                condition=Q(kind=ClockEventKind.BREACH),
                name="clock_breached_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
