"""Reliability as it was published: years, editions, and rows for tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from outages.indices import Level, Variant, from_json
from outages.models import ReliabilityYear
from outages.selectors import targets
from outages.selectors.reliability_tables import Written, written
from outages.selectors.targets import Reward, Verdict
from outages.vocabulary import AreaClass


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One district's published year at one level, by the frozen whole numbers."""

    code: str
    name: str
    level: Level
    told: Written
    variants: list[tuple[Variant, Written]]
    verdicts: list[Verdict]
    rewards: list[tuple[AreaClass, Reward]]


def years() -> list[int]:
    """Return the years that were published, the latest first."""
    found = ReliabilityYear.objects.order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def latest(year: int) -> list[ReliabilityYear]:
    """Return the rows of a year's latest edition; the city comes first."""
    rows = ReliabilityYear.objects.filter(year=year)
    newest = rows.order_by("-edition").values("edition")[:1]
    found = rows.filter(edition=newest).select_related("region", "published_by")
    return sorted(found, key=lambda row: row.region_id)


def editions(year: int) -> list[ReliabilityYear]:
    """Return one row for each edition of a year, with its reason, the first first."""
    found: dict[int, ReliabilityYear] = {}
    for row in ReliabilityYear.objects.filter(year=year).order_by("edition", "region"):
        found.setdefault(row.edition, row)
    return list(found.values())


def rows_of(rows: Iterable[ReliabilityYear], level: Level) -> list[PublishedRow]:
    """Return what a table of one level says of published rows."""
    return [_row(row, level) for row in rows]


def rewarded_by(figures: Mapping[str, Any]) -> Level:
    """Return at which level the table of rewards judges."""
    return Level(figures["rewards"]["level"])


def _row(row: ReliabilityYear, level: Level) -> PublishedRow:
    told = row.figures["levels"][level.value]
    classes = {
        AreaClass(each["area_class"]): from_json(each) for each in told["by_area_class"]
    }
    book = row.figures
    judged = rewarded_by(book) is level
    rewards = {
        area: targets.reward(each, area, book) if judged else None
        for area, each in classes.items()
    }
    variants = [
        (each, written(from_json(told["variants"][each.value]))) for each in Variant
    ]
    return PublishedRow(
        code=row.region_id,
        name=row.region.name,
        level=level,
        told=variants[0][1],
        variants=variants,
        verdicts=[
            verdict
            for area, each in classes.items()
            for verdict in targets.verdicts(each, area, book)
        ],
        rewards=[(area, found) for area, found in rewards.items() if found],
    )


def over_the_years(level: Level) -> list[tuple[str, list[Written | None]]]:
    """Return each place's published years, in the order of ``years``; latest editions.

    One statement for the years and one for their numbers.
    """
    asked = years()
    path = f"figures__levels__{level.value}__variants"
    rows = ReliabilityYear.objects.order_by("region", "edition")
    found: dict[str, dict[int, Written]] = {}
    for name, year, variants in rows.values_list("region__name", "year", path):
        found.setdefault(name, {})[year] = written(
            from_json(variants[Variant.ALL.value])
        )
    return [(name, [of.get(year) for year in asked]) for name, of in found.items()]
