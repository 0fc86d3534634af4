"""How fast crews were: the promise is an average, so averages are what is told.

Only troubles of the supply: no street lights, nothing dismissed as not the network's.
A repair belongs to the month in which it was first reported, Shanghai time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from outages import rules
from outages.lifecycles.repair import Status
from outages.models import RepairOrder
from outages.vocabulary import Trouble
from sla.engine import SHANGHAI

MINUTE = timedelta(minutes=1)
_FIELDS = ("region", "area_class", "reported_at", "arrived_at", "restored_at")


@dataclass(frozen=True, slots=True)
class Spread:
    """How long a group took, in minutes; ``within`` of ``number`` kept the promise.

    ``promised`` is None, and so ``share``, where nothing is promised or several are.
    """

    number: int
    mean: float
    median: float
    within: int
    judged: int
    promised: int | None

    @property
    def share(self) -> float | None:
        """Return the share of those with a promise that kept it, from 0 to 1."""
        return self.within / self.judged if self.judged else None

    @property
    def kept(self) -> bool | None:
        """Tell whether the average keeps the promise, as it is worded (十项承诺)."""
        return None if self.promised is None else self.mean <= self.promised


@dataclass(frozen=True, slots=True)
class Speed:
    """Arrival and restoration of one group; None where nobody arrived or restored."""

    key: tuple[str, ...]
    reported: int
    arrival: Spread | None
    restore: Spread | None


@dataclass(frozen=True, slots=True)
class _Row:
    region: str
    area_class: str
    month: str
    arrival: float | None
    restore: float | None


_KEYS: dict[str, Callable[[_Row], str]] = {
    "region": lambda row: row.region,
    "area_class": lambda row: row.area_class,
    "month": lambda row: row.month,
}


def table(
    *keys: str, since: datetime, until: datetime, regions: Iterable[str] | None = None
) -> list[Speed]:
    """Return figures per combination of ``region``, ``area_class`` and ``month``.

    Of repairs first reported in [since, until), of these districts if any are named;
    without keys, one line of everything (none for nothing). Keys are codes and
    ``2026-09``; one query.
    """
    groups: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for row in _rows(since, until, regions):
        groups[tuple(_KEYS[key](row) for key in keys)].append(row)
    return [_speed(key, rows) for key, rows in sorted(groups.items())]


def _rows(
    since: datetime, until: datetime, regions: Iterable[str] | None
) -> Iterable[_Row]:
    orders = RepairOrder.objects.filter(
        reported_at__gte=since, reported_at__lt=until
    ).exclude(trouble=Trouble.STREET_LIGHT)
    orders = orders.exclude(status=Status.DISMISSED)
    if regions is not None:
        orders = orders.filter(region__in=list(regions))
    for values in orders.order_by().values_list(*_FIELDS).iterator(5000):
        yield _row(*values)


def _row(region: str, area: str, reported: Any, arrived: Any, restored: Any) -> _Row:
    return _Row(
        region,
        area,
        f"{reported.astimezone(SHANGHAI):%Y-%m}",
        (arrived - reported) / MINUTE if arrived else None,
        (restored - arrived) / MINUTE if restored else None,
    )


def _speed(key: tuple[str, ...], rows: Sequence[_Row]) -> Speed:
    rule = rules.read("repair")
    arrivals = [(r.arrival, r.area_class) for r in rows if r.arrival is not None]
    restores = [(r.restore, r.area_class) for r in rows if r.restore is not None]
    return Speed(
        key,
        len(rows),
        _spread(arrivals, rule["arrival_minutes"]),
        _spread(restores, rule["restore_minutes"]),
    )


def _spread(
    taken: Sequence[tuple[float, str]], promised: dict[str, int]
) -> Spread | None:
    if not taken:
        return None
    minutes = [long for long, _area in taken]
    judged = [(long, promised[area]) for long, area in taken if area in promised]
    limits = {promised.get(area) for _long, area in taken}
    return Spread(
        number=len(minutes),
        mean=sum(minutes) / len(minutes),
        median=median(minutes),
        within=sum(long <= limit for long, limit in judged),
        judged=len(judged),
        promised=limits.pop() if len(limits) == 1 else None,
    )
