"""What published reliability promises: figures that follow from their own numbers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from outages.indices import Level, Sums, Variant, from_json, year
from outages.models import ReliabilityYear
from sla.invariants import Invariant

MOST = 20
GROUPS = ("by_month", "by_kind", "by_cause", "by_area_class")


def invariants(at: datetime) -> Iterator[Invariant]:
    """Yield every promise about published years with what breaks it; reads only."""
    wrong, uneven, early = [], [], []
    editions: dict[tuple[int, str], list[int]] = {}
    reasons: list[str] = []
    order = ("year", "region", "edition")
    for row in ReliabilityYear.objects.order_by(*order).iterator(200):
        try:
            divides = all(_divides(told) for told in _indices(row.figures))
            adds_up = all(_adds_up(level) for level in row.figures["levels"].values())
        except (LookupError, TypeError, AttributeError):
            divides = adds_up = False  # not even figures
        wrong += [] if divides else [str(row)]
        uneven += [] if adds_up else [str(row)]
        if row.published_at < year(row.year).cuts(at)[-1] or row.published_at > at:
            early.append(str(row))
        editions.setdefault((row.year, row.region_id), []).append(row.edition)
        if (row.edition > 1) != bool(row.reason):
            reasons.append(str(row))
    gaps = [
        f"{region} {number}"
        for (number, region), found in editions.items()
        if found != list(range(found[0], found[0] + len(found)))
    ]
    yield Invariant(
        "reliability-divides", "公布的可靠性指标等于其分子除以分母", wrong[:MOST]
    )
    yield Invariant(
        "reliability-adds-up", "公布的各月、类型、原因、类别之和等于合计", uneven[:MOST]
    )
    yield Invariant(
        "reliability-after-its-year", "年度指标在一年结束之后公布", early[:MOST]
    )
    yield Invariant("reliability-editions", "公布的版次连续", gaps[:MOST])
    yield Invariant(
        "reliability-reasons", "更正的版次都有原因，第一版没有", reasons[:MOST]
    )


def _indices(figures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for level in figures["levels"].values():
        yield from level["variants"].values()
        for group in GROUPS:
            yield from level[group]


def _divides(told: dict[str, Any]) -> bool:
    """Reckon the indices anew from the whole numbers that were published."""
    return all(told[name] == value for name, value in from_json(told).as_json().items())


def _adds_up(level: dict[str, Any]) -> bool:
    whole = from_json(level["variants"][Variant.ALL.value]).sums
    return level["level"] in Level.labels and all(
        sum((from_json(told).sums for told in level[group]), Sums()) == whole
        for group in GROUPS
    )
