"""Figures for boards: what is open, due and overdue, and what was on time.

On time = met ÷ (met + missed + open overdue), per reporting date, on national limits
only. Open overdue stands in the denominator, or last month's figure would fall after it
was reported. Cases reported as waiting for a grid upgrade (受限已报备) are a bucket of
their own: neither on time nor late. Cancelled clocks count nowhere.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Max, Q

from sla.engine import SHANGHAI
from sla.models.clock import ClockQuerySet
from sla.vocabulary import ClockState


@dataclass(frozen=True)
class Figures:
    """Hold the counts of one group of clocks at a reporting date."""

    open: int
    paused: int
    due_today: int
    overdue: int
    met: int
    missed: int
    exempt: int

    @property
    def judged(self) -> int:
        """Count what stands in the denominator."""
        return self.met + self.missed + self.overdue

    @property
    def rate(self) -> float | None:
        """Give the on-time rate from 0 to 1; nothing where nothing was judged."""
        return self.met / self.judged if self.judged else None


@dataclass(frozen=True)
class Row:
    """Hold the figures of one group, by its key (stage, user type, region code …)."""

    key: str
    figures: Figures


def _counts(at: datetime, since: datetime | None) -> dict[str, Count]:
    """Count what was so at `at`, also when asked later; closings from `since` on."""
    midnight = datetime.combine(at.astimezone(SHANGHAI).date(), time.min, SHANGHAI)
    is_open = Q(started_at__lte=at) & (Q(stopped_at=None) | Q(stopped_at__gt=at))
    counted = Q(exempt_reported=False)
    closed = Q(stopped_at__lte=at)
    if since is not None:
        closed &= Q(stopped_at__gte=since)
    running = is_open & ~Q(state=ClockState.PAUSED)
    late = running & Q(due_at__lt=at)
    today = Q(due_at__gte=midnight, due_at__lt=midnight + timedelta(days=1))
    return {
        "open": Count("pk", filter=is_open),
        "paused": Count("pk", filter=is_open & Q(state=ClockState.PAUSED)),
        "due_today": Count("pk", filter=running & today & Q(due_at__gte=at)),
        "overdue": Count("pk", filter=late & counted),
        "met": Count("pk", filter=closed & counted & Q(state=ClockState.MET)),
        "missed": Count("pk", filter=closed & counted & Q(state=ClockState.MISSED)),
        "exempt": Count(
            "pk",
            filter=Q(exempt_reported=True)
            & (is_open | (closed & ~Q(state=ClockState.CANCELLED))),
        ),
    }


def overall(
    clocks: ClockQuerySet, *, at: datetime, since: datetime | None = None
) -> Figures:
    """Count national clocks at a reporting date; one query."""
    return Figures(**clocks.national().aggregate(**_counts(at, since)))


def by(
    clocks: ClockQuerySet,
    field: str,
    *,
    at: datetime,
    since: datetime | None = None,
) -> list[Row]:
    """Count national clocks per value of stage, user_type or region; one query."""
    rows = (
        clocks.national()
        .values(key=F(field))
        .annotate(**_counts(at, since))
        .order_by("key")
    )
    return [
        Row(str(row["key"]), Figures(**{k: v for k, v in row.items() if k != "key"}))
        for row in rows
    ]


@dataclass(frozen=True)
class CaseFigures:
    """Count finished cases; one is on time only if every stage of it was."""

    cases: int
    on_time: int

    @property
    def rate(self) -> float | None:
        """Give the share of finished cases that were on time in every stage."""
        return self.on_time / self.cases if self.cases else None


def cases(
    clocks: ClockQuerySet, *, at: datetime, since: datetime | None = None
) -> CaseFigures:
    """Judge cases all of whose clocks are closed at `at`; one query."""
    finished = Q(last__lte=at, still=0, judged__gt=0)
    if since is not None:
        finished &= Q(last__gte=since)
    judged = Q(state__in=(ClockState.MET, ClockState.MISSED))
    per_case = (
        clocks.national()
        .filter(exempt_reported=False)
        .values("reference")
        .annotate(
            last=Max("stopped_at"),
            still=Count("pk", filter=Q(stopped_at=None) | Q(stopped_at__gt=at)),
            judged=Count("pk", filter=judged),
            late=Count("pk", filter=Q(state=ClockState.MISSED)),
        )
        .filter(finished)
    )
    found = per_case.aggregate(
        all=Count("reference"), on_time=Count("reference", filter=Q(late=0))
    )
    return CaseFigures(found["all"], found["on_time"])
