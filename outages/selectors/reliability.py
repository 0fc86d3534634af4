"""How reliable supply was, for a part of the network over a span of days.

Interruptions are the facts. One that reaches over an edge of the span, or of a month,
gives each side its seconds and is counted where it began; one that is not over is
measured up to ``at``. Customers are those of the network as it stands.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from outages import rules
from outages.indices import SECOND, Indices, Level, Span, Sums, Variant, counts
from outages.lifecycles.outage import HAPPENED
from outages.models import Interruption, Line, Substation, Transformer
from outages.models.interruption import VERY_LONG
from outages.vocabulary import OutageKind
from sla.models import Region

# By what a reckoning can be told apart, and where the rows say so.
PARTS = {"region": "region_id", "line": "line_id", "transformer": "transformer_id"}
COUNTED = [kind for kind in OutageKind if kind is not OutageKind.ARREARS]
LOOK_BACK = timedelta(seconds=VERY_LONG)
LONGEST_SPAN = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the network; ``key`` is what rows know it by."""

    level: str
    key: Any
    code: str
    name: str

    def interruptions(self) -> QuerySet[Interruption]:
        """Return every interruption there that happened and counts somewhere."""
        where = {
            "region": "region__in",
            "substation": "line__substation",
            "line": "line",
            "transformer": "transformer",
        }[self.level]
        rows = Interruption.objects.filter(**{where: self.key})
        return rows.filter(outage__status__in=HAPPENED, outage__kind__in=COUNTED)

    def transformers(self) -> QuerySet[Transformer]:
        """Return the areas in service there."""
        where = {
            "region": "region__in",
            "substation": "line__substation",
            "line": "line",
            "transformer": "pk",
        }[self.level]
        return Transformer.objects.in_service().filter(**{where: self.key})


def region(code: str) -> Place:
    """Return a district, or a city with its districts. Raises ValidationError."""
    named = Region.objects.filter(pk=code).first()
    if named is None:
        raise ValidationError(
            {"region": _("没有代码为%(code)s的地区，请核对。") % {"code": code}}
        )
    children: dict[str, list[str]] = defaultdict(list)
    for pk, parent in Region.objects.values_list("pk", "parent_id"):
        children[str(parent)].append(pk)
    found = [code]
    for each in found:
        found += children[each]
    return Place("region", sorted(found), code, named.name)


def part(level: str, code: str) -> Place:
    """Return a substation, line or 台区 by its code. Raises ValidationError."""
    kinds: dict[str, type[Substation] | type[Line] | type[Transformer]] = {
        "substation": Substation,
        "line": Line,
        "transformer": Transformer,
    }
    row = kinds[level]._default_manager.filter(code=code).first()
    if row is None:
        raise ValidationError(
            {level: _("没有编码为%(code)s的电网设备，请核对。") % {"code": code}}
        )
    return Place(level, row.pk, code, row.name)


@dataclass(frozen=True, slots=True)
class Cell:
    """What interruptions that are summed up together have in common."""

    month: int
    part: Any
    area_class: str
    kind: str
    cause: str
    exclusion: str
    short: bool

    def within(self, wanted: Mapping[str, Any]) -> bool:
        """Tell whether it is as wanted in everything that is named."""
        return all(getattr(self, name) == value for name, value in wanted.items())


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All sums of one place over one span, told apart by ``Cell``.

    ``customers`` are by (part, area class); ``cuts`` bound the months.
    """

    place: Place
    span: Span
    at: datetime
    cuts: list[datetime]
    cells: dict[tuple[Level, Cell], Sums]
    customers: dict[tuple[Level, Any, str], int]

    def indices(
        self, level: Level, variant: Variant = Variant.ALL, **only: Any
    ) -> Indices:
        """Return the indices, narrowed to one month, part, area class, kind or cause.

        Kind and cause narrow what is counted, not whom it is divided by.
        """
        return Indices(
            self.customers_of(level, **only),
            self.seconds_of(only.get("month")),
            self.sums(level, variant, **only),
        )

    def sums(self, level: Level, variant: Variant = Variant.ALL, **only: Any) -> Sums:
        """Return the numerators of ``indices``."""
        found = [
            sums
            for (at_level, cell), sums in self.cells.items()
            if at_level is level and cell.within(only) and _counted(variant, cell)
        ]
        return sum(found, Sums())

    def customers_of(
        self,
        level: Level,
        *,
        part: Any = None,
        area_class: str | None = None,
        **_other: Any,
    ) -> int:
        """Return how many customers are there."""
        return sum(
            number
            for (at_level, of_part, of_class), number in self.customers.items()
            if at_level is level
            and part in (None, of_part)
            and area_class in (None, of_class)
        )

    def seconds_of(self, month: int | None = None) -> int:
        """Return how long the span, or one of its months, has lasted by now."""
        if month is None:
            return (self.cuts[-1] - self.cuts[0]) // SECOND
        return (self.cuts[month + 1] - self.cuts[month]) // SECOND

    def months(self) -> list[tuple[int, date]]:
        """Return number and first day of each month that has begun."""
        return list(enumerate(cut.date() for cut in self.cuts[:-1]))

    def values_of(self, name: str, **only: Any) -> list[Any]:
        """Return what occurs in the cells under a name, in order."""
        found = {
            getattr(cell, name) for _level, cell in self.cells if cell.within(only)
        }
        return sorted(found)


def _counted(variant: Variant, cell: Cell) -> bool:
    return counts(variant, kind=cell.kind, exclusion=cell.exclusion, short=cell.short)


def reckon(
    place: Place, span: Span, *, at: datetime, each: str = "region"
) -> Reckoning:
    """Sum up the interruptions of a place over a span of days, as known at ``at``.

    ``each`` tells parts apart: by region, line or transformer. A fixed number of
    statements, whatever happened. Raises ValidationError for a span nobody means.
    """
    _require_sense(span, at)
    cuts = span.cuts(at)
    cells: dict[tuple[Level, Cell], Sums] = defaultdict(Sums)
    if cuts[0] < cuts[-1]:
        rows = place.interruptions()
        now = at.replace(microsecond=0)
        for level, cell, sums in _sums(rows, cuts, PARTS[each], now):
            cells[level, cell] += sums
    customers = _customers(place, "pk" if each == "transformer" else PARTS[each])
    return Reckoning(place, span, at, cuts, dict(cells), customers)


def _require_sense(span: Span, at: datetime) -> None:
    today = at.astimezone(span.cuts(at)[0].tzinfo).date()
    if span.first > span.last:
        raise ValidationError({"first": _("开始日期不能晚于结束日期。")})
    if span.last > today:
        raise ValidationError(
            {"last": _("结束日期不能晚于今天（%(today)s）。") % {"today": today}}
        )
    if span.last - span.first > LONGEST_SPAN:
        raise ValidationError({"first": _("统计期最长10年，请分段统计。")})


def short_seconds() -> int:
    """Return how long a short outage lasts at most."""
    return int(rules.read("reliability")["short_minutes"]) * 60


FACTS = (
    "transformer__area_class",
    "outage__kind",
    "outage__cause",
    "outage__exclusion",
)
Found = Iterator[tuple[Level, Cell, Sums]]


def in_month(cuts: Sequence[datetime]) -> Case:
    """Say in SQL in which month an interruption began and ended; NULL if in none."""
    return Case(
        *(
            When(began_at__gte=first, began_at__lt=last, restored_at__lte=last,
                 then=Value(number))
            for number, (first, last) in enumerate(pairwise(cuts))
        ),
        default=None,
        output_field=IntegerField(),
    )  # fmt: skip


def _sums(
    rows: QuerySet[Interruption], cuts: Sequence[datetime], by: str, at: datetime
) -> Found:
    """Let the database sum up what lies within a month, in one walk over the span.

    What reaches over midnight between months, over an edge or over ``at`` comes as a
    group of its own and is cut up here.
    """
    near = cuts[0] - LOOK_BACK
    reaching = Q(restored_at=None) | Q(restored_at__gt=cuts[0])
    walked = rows.filter(
        Q(began_at__gte=cuts[0]) | reaching,
        began_at__gte=near,
        began_at__lt=cuts[-1],
        # Areas lose power with their outage; said twice, so that both are looked up
        # by their moment instead of reading every outage there ever was.
        outage__began_at__gte=near,
        outage__began_at__lt=cuts[-1],
    )
    far = rows.filter(began_at__lt=near)
    for found in (
        _grouped(walked, cuts, by),
        _grouped(far.filter(seconds__gt=VERY_LONG, restored_at__gt=cuts[0]), cuts, by),
        _grouped(far.filter(restored_at=None), cuts, by),
    ):
        for edge, began, restored, number, facts, short, low, medium in found:
            if edge:
                row = (began, restored, low.customers_off, medium.customers_off)
                yield from _cut_up(row, facts, cuts, at)
                continue
            cell = Cell(*(number, *facts, short))
            yield Level.LOW, cell, low
            if medium.interruptions:
                yield Level.MEDIUM, cell, medium


def _grouped(
    rows: QuerySet[Interruption], cuts: Sequence[datetime], by: str
) -> Iterator[tuple[Any, ...]]:
    medium = Q(whole=True, transformer__public=True)
    weight = Cast("households", BigIntegerField())
    grouped = (
        rows.annotate(month=in_month(cuts))
        .annotate(
            edge=Case(When(month=None, then=F("pk")), default=0),
            short=Case(When(seconds__lte=short_seconds(), then=True), default=False),
        )
        .values_list("month", "edge", "short", by, *FACTS)
        .annotate(
            began=Min("began_at"),
            restored=Max("restored_at"),
            times=Count("pk"),
            customers=Sum("households"),
            customer_seconds=Sum(weight * F("seconds")),
            areas=Count("pk", filter=medium),
            area_seconds=Sum("seconds", filter=medium),
        )
        .order_by()
    )
    for number, edge, short, *rest in grouped:
        facts, told = rest[: len(FACTS) + 1], rest[len(FACTS) + 1 :]
        began, restored, times, customers, seconds, areas, area_seconds = told
        low = Sums(times, int(customers), int(seconds or 0))
        areas_off = Sums(areas, areas, int(area_seconds or 0))
        yield edge, began, restored, number, facts, short, low, areas_off


def _cut_up(
    row: tuple[datetime, datetime | None, int, int],
    facts: Sequence[Any],
    cuts: Sequence[datetime],
    at: datetime,
) -> Found:
    began, restored, households, areas = row
    over = min(restored or at, at)
    short = (over - began) // SECOND <= short_seconds()
    for number, (first, last) in enumerate(pairwise(cuts)):
        seconds = max(0, (min(over, last) - max(began, first)) // SECOND)
        starts = int(first <= began < last)
        if not starts and not seconds:
            continue
        cell = Cell(*(number, *facts, short))
        yield Level.LOW, cell, Sums(starts, starts * households, seconds * households)
        if areas:
            yield Level.MEDIUM, cell, Sums(starts, starts, seconds)


def _customers(place: Place, by: str) -> dict[tuple[Level, Any, str], int]:
    grouped = (
        place.transformers()
        .values_list(by, "area_class")
        .annotate(low=Sum("households"), medium=Count("pk", filter=Q(public=True)))
        .order_by()
    )
    found: dict[tuple[Level, Any, str], int] = {}
    for of_part, area_class, low, medium in grouped:
        found[Level.LOW, of_part, area_class] = low
        found[Level.MEDIUM, of_part, area_class] = medium
    return found
