"""Figures for boards: what is open, due and overdue, and what was on time.

On time = met ÷ (met + missed + open overdue), per reporting date, on national limits
only. Open overdue stands in the denominator, or last month's figure would fall after it
was reported. Cases reported as waiting for a grid upgrade (受限已报备) are a bucket of
their own: neither on time nor late. Cancelled clocks count nowhere.

Every count is a condition first: whoever lists what was counted filters by the same.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from sla.engine import day_of, midnight
from sla.models import Clock, ClockEvent
from sla.models.clock import ClockQuerySet
from sla.vocabulary import ClockEventKind, ClockState


@dataclass(frozen=True)
class Figures:
    """Hold the counts of one group of clocks at a reporting date.

    ``open`` falls apart into normal, due_today, overdue, paused and exempt_open.
    """

    open: int = 0
    paused: int = 0
    due_today: int = 0
    overdue: int = 0
    met: int = 0
    missed: int = 0
    exempt: int = 0
    exempt_open: int = 0

    @property
    def normal(self) -> int:
        """Count what runs and is not due yet."""
        return (
            self.open - self.paused - self.due_today - self.overdue - self.exempt_open
        )

    @property
    def judged(self) -> int:
        """Count what stands in the denominator."""
        return self.met + self.missed + self.overdue

    @property
    def rate(self) -> float | None:
        """Give the on-time rate from 0 to 1; nothing where nothing was judged."""
        return self.met / self.judged if self.judged else None

    def __add__(self, other: "Figures") -> "Figures":
        """Add two groups that share no clock."""
        return Figures(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


def standing(
    clocks: ClockQuerySet, *, at: datetime, past: bool = False
) -> ClockQuerySet:
    """Annotate ``was_paused``: whether a clock stood still at ``at``.

    The row knows it of now; for a ``past`` moment the ledger is asked.
    """
    paused = Q(state=ClockState.PAUSED, paused_at__lte=at)
    if past:
        depth = (
            ClockEvent.objects.filter(clock=OuterRef("pk"), at__lte=at)
            .order_by()
            .values("clock")
            .annotate(depth=Sum(_depth()))
            .values("depth")
        )
        clocks = clocks.alias(pauses=Coalesce(Subquery(depth), 0))
        paused |= Q(pauses__gt=0)
    stood = ExpressionWrapper(paused, output_field=BooleanField())
    return clocks.alias(was_paused=stood)


def _depth() -> Case:
    return Case(
        When(kind=ClockEventKind.PAUSE, then=Value(1)),
        When(kind=ClockEventKind.RESUME, then=Value(-1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def conditions(at: datetime, since: datetime | None = None) -> dict[str, Q]:
    """Say what each count of `Figures` means, and ``judged``, for clocks `standing`.

    What was so at `at`, also when asked later; closings from `since` on.
    """
    tomorrow = midnight(day_of(at) + timedelta(days=1))
    counted = Q(exempt_reported=False)
    is_open = Q(started_at__lte=at) & (Q(stopped_at=None) | Q(stopped_at__gt=at))
    closed = Q(stopped_at__lte=at)
    if since is not None:
        closed &= Q(stopped_at__gte=since)
    running = is_open & counted & Q(was_paused=False)
    judged = {
        "met": closed & counted & Q(state=ClockState.MET),
        "missed": closed & counted & Q(state=ClockState.MISSED),
        "overdue": running & Q(due_at__lt=at),
    }
    return judged | {
        "judged": judged["met"] | judged["missed"] | judged["overdue"],
        "open": is_open,
        "due_today": running & Q(due_at__gte=at, due_at__lt=tomorrow),
        # Paused since then, a clock has no due moment now: it had not missed it.
        "normal": running & (Q(due_at=None) | Q(due_at__gte=tomorrow)),
        "paused": is_open & counted & Q(was_paused=True),
        "exempt_open": is_open & ~counted,
        "exempt": ~counted & (is_open | (closed & ~Q(state=ClockState.CANCELLED))),
    }


def concerned(
    clocks: ClockQuerySet, *, at: datetime, since: datetime | None = None
) -> ClockQuerySet:
    """Keep the national clocks that any count may count: open, or closed since."""
    found = clocks.national().filter(started_at__lte=at)
    if since is not None:
        found = found.filter(Q(stopped_at=None) | Q(stopped_at__gte=since))
    return found


def _counts(at: datetime, since: datetime | None) -> dict[str, Count]:
    meant = conditions(at, since)
    return {each.name: Count("pk", filter=meant[each.name]) for each in fields(Figures)}


def table(
    clocks: ClockQuerySet,
    *keys: str,
    at: datetime,
    since: datetime | None = None,
    past: bool = False,
) -> dict[tuple[str, ...], Figures]:
    """Count national clocks per combination of fields or annotations; one query."""
    found = standing(concerned(clocks, at=at, since=since), at=at, past=past)
    rows = found.values(*keys).annotate(**_counts(at, since)).order_by()
    return {
        tuple(str(row.pop(key)) for key in keys): Figures(**row)
        for row in [dict(row) for row in rows]
    }


@dataclass(frozen=True)
class CaseFigures:
    """Count finished cases; one is on time only if every limit of it was kept."""

    cases: int = 0
    on_time: int = 0

    @property
    def late(self) -> int:
        """Count the finished cases of which any limit was missed."""
        return self.cases - self.on_time

    @property
    def rate(self) -> float | None:
        """Give the share of finished cases that were on time throughout."""
        return self.on_time / self.cases if self.cases else None


def finished(
    clocks: ClockQuerySet, *, at: datetime, since: datetime | None = None
) -> ClockQuerySet:
    """Return one national clock, the last to stop, of each case that came to its end.

    Annotated with ``late``: any limit of the case was missed. Cases broken off
    (withdrawn, refused) and cases 受限已报备 are judged neither way and left out.
    """
    ended = clocks.national().filter(stopped_at__lte=at)
    if since is not None:
        ended = ended.filter(stopped_at__gte=since)
    case = Clock.objects.national().filter(reference=OuterRef("reference"))
    later = Q(stopped_at__gt=OuterRef("stopped_at")) | Q(
        stopped_at=OuterRef("stopped_at"), pk__gt=OuterRef("pk")
    )
    unjudged = Q(state=ClockState.CANCELLED) | Q(exempt_reported=True)
    return ended.exclude(
        Exists(case.filter(unjudged | Q(stopped_at=None) | later))
    ).annotate(late=Exists(case.filter(state=ClockState.MISSED)))


def cases_by(
    clocks: ClockQuerySet, *keys: str, at: datetime, since: datetime | None = None
) -> dict[tuple[str, ...], CaseFigures]:
    """Judge finished cases per combination of fields or annotations; one query."""
    found = finished(clocks, at=at, since=since).values(*keys)
    rows = found.annotate(**_case_counts()).order_by()
    return {
        tuple(str(row.pop(key)) for key in keys): CaseFigures(**row)
        for row in [dict(row) for row in rows]
    }


def _case_counts() -> dict[str, Count]:
    return {
        "cases": Count("pk"),
        "on_time": Count("pk", filter=Q(late=False)),
    }
