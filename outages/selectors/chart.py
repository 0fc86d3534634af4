"""What the map shows: households without power now and soon, district by district."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Avg, Count, QuerySet, Sum
from django.utils.translation import gettext as _

from outages.map import Outline, Place, Sheet, chart
from outages.models import Interruption, Outage
from outages.selectors import districts, shown
from sla.words import clauses, labelled

# From this many households on, the next darker colour.
_STEPS = (1000, 10_000)
DOTS_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class District:
    """One district in figures; ``level`` is how dark it is drawn."""

    code: str
    name: str
    outages: int
    households: int
    planned: int
    planned_households: int

    @property
    def level(self) -> str:
        if self.households:
            return f"out-{1 + sum(self.households >= step for step in _STEPS)}"
        return "planned" if self.planned else "calm"

    @property
    def words(self) -> str:
        """Say the district's figures, for who does not see the picture."""
        facts = {
            "n": self.outages,
            "households": f"{self.households:,}",
            "p": self.planned,
        }
        now = (
            _("正在停电 %(n)s 处，%(households)s 户") if self.outages else _("没有停电")
        )
        soon = _("未来7天计划停电 %(p)s 处") if self.planned else ""
        said = clauses(part % facts for part in (now, soon) if part)
        return labelled(self.name, said)


@dataclass(frozen=True, slots=True)
class Dot:
    """One running outage where it lies."""

    number: str
    area: str
    place: Place


@dataclass(frozen=True, slots=True)
class Shape:
    """One district as it is drawn."""

    outline: Outline
    district: District


@dataclass(frozen=True, slots=True)
class Drawn:
    """One sheet of the map: each outline with its figures, and the dots on it."""

    sheet: Sheet
    shapes: list[Shape]
    dots: list[Dot]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole map, and the same as lines of a table."""

    city: Drawn
    core: list[Shape]
    sea: Place
    inner: Drawn
    lines: list[District]
    source: str

    @property
    def total(self) -> District:
        """Return the sums over all districts; an outage may touch several."""
        return District(
            code="",
            name="",
            outages=sum(line.outages for line in self.lines),
            households=sum(line.households for line in self.lines),
            planned=sum(line.planned for line in self.lines),
            planned_households=sum(line.planned_households for line in self.lines),
        )


def picture(at: datetime) -> Picture:
    """Return the map as it stands: four queries, whatever there is."""
    lines = figures(at)
    by_code = {line.code: line for line in lines}
    drawn, centres = chart(), _centres()
    return Picture(
        city=_drawn(drawn.city, by_code, centres),
        core=_shapes(drawn.core, by_code),
        sea=drawn.sea,
        inner=_drawn(drawn.inner, by_code, centres),
        lines=lines,
        source=drawn.source,
    )


def figures(at: datetime) -> list[District]:
    """Return every district of the city with its figures, in the order of its code."""
    running, soon = _counted(shown.out_now()), _counted(shown.announced(at))
    return [
        District(code, name, *running.get(code, (0, 0)), *soon.get(code, (0, 0)))
        for code, name in districts.names().items()
    ]


def _counted(outages: QuerySet[Outage]) -> dict[str, tuple[int, int]]:
    """Return outages and households without power (or about to be) by district."""
    rows = (
        Interruption.objects.filter(outage__in=outages.order_by(), restored_at=None)
        .values("region")
        .annotate(outages=Count("outage", distinct=True), affected=Sum("households"))
        .order_by("region")
    )
    return {row["region"]: (row["outages"], row["affected"]) for row in rows}


def _centres() -> list[tuple[str, str, Decimal, Decimal]]:
    """Return where the running outages lie, the middle of their areas."""
    rows = (
        shown.out_now()
        .filter(
            interruptions__restored_at=None,
            interruptions__transformer__longitude__isnull=False,
        )
        .annotate(
            longitude=Avg("interruptions__transformer__longitude"),
            latitude=Avg("interruptions__transformer__latitude"),
        )
    )
    return list(
        rows.values_list("number", "area_text", "longitude", "latitude")[:DOTS_AT_MOST]
    )


def _drawn(
    sheet: Sheet,
    by_code: dict[str, District],
    centres: Iterable[tuple[str, str, Decimal, Decimal]],
) -> Drawn:
    placed = (
        Dot(number, area, sheet.place(longitude, latitude))
        for number, area, longitude, latitude in centres
    )
    dots = [dot for dot in placed if sheet.holds(dot.place)]
    return Drawn(sheet, _shapes(sheet.outlines, by_code), dots)


def _shapes(outlines: Iterable[Outline], by_code: dict[str, District]) -> list[Shape]:
    return [
        Shape(outline, by_code[outline.code])
        for outline in outlines
        if outline.code in by_code
    ]
