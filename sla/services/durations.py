"""Working days that clocks took: whole columns at once, without replaying ledgers.

A pause takes whole dates, (pause day, resume day], and the start day is not counted:
what a clock used is the working days from start to end, less those of its pauses. The
same as `Reckoning.used`, for clocks that count working days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import numpy as np
from django.db.models import QuerySet

from sla.engine import SHANGHAI
from sla.engine.calendar import Ordinals
from sla.models import Clock, ClockEvent
from sla.services import calendars
from sla.vocabulary import ClockEventKind, Unit

# How many keys one statement may name: within the limits of every database.
AT_ONCE = 500
_PAUSING = (ClockEventKind.PAUSE, ClockEventKind.RESUME)


@dataclass(frozen=True)
class Spread:
    """Hold how long a group of clocks took, in working days."""

    number: int
    mean: float
    median: float
    p90: int


def spread(used: Sequence[int]) -> Spread | None:
    """Describe durations; nothing where there are none.

    P90 is the smallest duration that at least nine of ten did not exceed.
    """
    if not used:
        return None
    ordered = sorted(used)
    ninth = -(-len(ordered) * 9 // 10) - 1
    return Spread(
        number=len(ordered),
        mean=sum(ordered) / len(ordered),
        median=median(ordered),
        p90=ordered[ninth],
    )


def used(
    clocks: QuerySet[Clock], *keys: str, at: datetime
) -> list[tuple[tuple[str, ...], int]]:
    """Return what each clock used up to `at`, with the values of `keys`; two queries.

    Clocks that count anything but working days are left out.
    """
    counted = clocks.filter(limit_unit=Unit.WORKING_DAY)
    rows = list(
        counted.order_by().values_list(
            "pk", "calendar_version", "started_at", "stopped_at", *keys
        )
    )
    pauses = _pauses(
        ClockEvent.objects.filter(clock__in=counted.order_by().values("pk")), at
    )
    taken = _taken([row[:4] for row in rows], pauses, at)
    return [
        (tuple(str(value) for value in row[4:]), days)
        for row, days in zip(rows, taken, strict=True)
    ]


def of_rows(clocks: Sequence[Clock], *, at: datetime) -> dict[int, int]:
    """Return what clocks that were read already used up to `at`, by their key."""
    counted = [clock for clock in clocks if clock.limit_unit == Unit.WORKING_DAY]
    keys = [clock.pk for clock in counted]
    pauses: dict[int, list[tuple[int, int]]] = {}
    for first in range(0, len(keys), AT_ONCE):
        named = ClockEvent.objects.filter(clock__in=keys[first : first + AT_ONCE])
        pauses |= _pauses(named, at)
    rows = [(c.pk, c.calendar_version, c.started_at, c.stopped_at) for c in counted]
    return dict(zip(keys, _taken(rows, pauses, at), strict=True))


def _pauses(
    events: QuerySet[ClockEvent], at: datetime
) -> dict[int, list[tuple[int, int]]]:
    """Return the dates that pauses took, as (pause day, resume day], by clock.

    Overlapping pauses are one; an open one lasts until `at`.
    """
    moments = events.filter(kind__in=_PAUSING, at__lte=at).order_by("clock", "seq")
    found: dict[int, list[tuple[int, int]]] = {}
    depth, begun, last = 0, 0, None
    for clock, kind, moment in moments.values_list("clock", "kind", "at"):
        if clock != last:
            depth, last = 0, clock
        if kind == ClockEventKind.PAUSE:
            if depth == 0:
                begun = _ordinal(moment)
                found.setdefault(clock, []).append((begun, _ordinal(at)))
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                found[clock][-1] = (begun, _ordinal(moment))
    return found


def _taken(
    rows: Iterable[tuple[int, str, datetime, datetime | None]],
    pauses: dict[int, list[tuple[int, int]]],
    at: datetime,
) -> list[int]:
    """Count, edition by edition of the calendar, start to end less pauses."""
    table = list(rows)
    taken = [0] * len(table)
    editions: dict[str, list[int]] = {}
    for index, (_pk, version, _started, _stopped) in enumerate(table):
        editions.setdefault(version, []).append(index)
    for version, indices in editions.items():
        spans: list[tuple[int, int, int, int]] = []
        for index in indices:
            pk, _version, started, stopped = table[index]
            end = _ordinal(stopped if stopped and stopped <= at else at)
            spans.append((index, 1, _ordinal(started), end))
            spans += [
                (index, -1, begin, min(until, end))
                for begin, until in pauses.get(pk, ())
            ]
        for (index, sign, _a, _b), days in zip(
            spans, _count(version, spans), strict=True
        ):
            taken[index] += sign * days
    return taken


def _count(version: str, spans: list[tuple[int, int, int, int]]) -> list[int]:
    columns = np.array(spans, dtype=np.int64)
    after: Ordinals = columns[:, 2]
    until: Ordinals = columns[:, 3]
    counted: list[int] = calendars.edition(version).count_many(after, until).tolist()
    return counted


def _ordinal(moment: datetime) -> int:
    return moment.astimezone(SHANGHAI).toordinal()
