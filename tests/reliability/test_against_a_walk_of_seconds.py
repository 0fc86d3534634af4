"""Random histories are reckoned as a plain walk over all interruptions does."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from outages.indices import Level, Span, Variant
from outages.models import Interruption, Transformer
from outages.selectors import reliability
from outages.vocabulary import Exclusion, OutageKind
from tests.cast import HEPING, HEXI, SHANGHAI
from tests.reliability.history import Town, cut, town

EARLIEST = datetime(2023, 11, 20, tzinfo=SHANGHAI)
AT = datetime(2024, 5, 17, 13, 20, 41, tzinfo=SHANGHAI)
SECONDS = int((AT - EARLIEST).total_seconds())
# Midnights at which something ends or begins: months, a leap day, a year.
EDGES = [
    int((datetime(*day, tzinfo=SHANGHAI) - EARLIEST).total_seconds())
    for day in [(2024, 1, 1), (2024, 2, 29), (2024, 3, 1), (2024, 4, 1), (2024, 5, 1)]
]
MOMENTS = st.one_of(
    st.integers(0, SECONDS),
    st.builds(lambda edge, off: edge + off, st.sampled_from(EDGES), st.integers(-2, 2)),
)
LENGTHS = st.one_of(
    st.none(),
    st.integers(0, 400),
    st.integers(170, 190),
    st.integers(0, 86400 * 40),
    st.integers(60 * 86400 - 1, 100 * 86400),
)
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 5), MOMENTS, LENGTHS, st.sampled_from(OutageKind.values),
        st.sampled_from(["equipment", "weather", ""]),
        st.sampled_from(Exclusion.values), st.booleans(),
    ),
    max_size=14,
)  # fmt: skip
DAYS = st.dates(date(2023, 12, 1), date(2024, 5, 17))
PLACES = ["120000", HEXI, HEPING, "L-1", "L-2", "S-1", "T-1", "T-6"]


def oracle(
    rows: Iterable[Interruption],
    areas: Iterable[Transformer],
    level: str,
    variant: str,
    span: Span,
) -> dict[str, Any]:
    """Sum up by the definition, one interruption after the other."""
    start = datetime.combine(span.first, datetime.min.time(), SHANGHAI)
    end = datetime.combine(span.last, datetime.min.time(), SHANGHAI)
    end = min(end + timedelta(days=1), AT)
    total = Fraction(0)
    customers_off = 0
    for row in rows:
        over = row.restored_at or AT
        if row.outage.kind == "arrears":
            continue
        if variant == "2" and row.outage.exclusion == "confirmed":
            continue
        if variant == "3" and row.outage.kind == "rationing":
            continue
        if variant == "4" and (over - row.began_at).total_seconds() <= 180:
            continue
        if level == "medium" and not (row.whole and row.transformer.public):
            continue
        weight = row.households if level == "low" else 1
        assert row.began_at is not None
        hit = min(over, end) - max(row.began_at, start)
        total += weight * max(Fraction(0), Fraction(int(hit.total_seconds()), 3600))
        if start <= row.began_at < end:
            customers_off += weight
    live = [area for area in areas if area.retired_on is None]
    customers = (
        sum(area.households for area in live)
        if level == "low"
        else sum(area.public for area in live)
    )
    supplied = customers * Fraction(int((end - start).total_seconds()), 3600)
    saidi = total / customers if customers else None
    saifi = Fraction(customers_off, customers) if customers else None
    return {
        "saidi": saidi,
        "saifi": saifi,
        "caidi": saidi / saifi if saifi else None,
        "asai": 100 * (1 - total / supplied) if supplied else None,
    }


def belongs(place: str, area: Transformer) -> bool:
    names = {"120000", area.region_id, area.line.code, "S-1", area.code}
    return place in names


def where(place: str) -> reliability.Place:
    levels = {"S": "substation", "L": "line", "T": "transformer"}
    if place[0] in levels:
        return reliability.part(levels[place[0]], place)
    return reliability.region(place)


class RandomHistories(TestCase):
    """hypothesis needs Django's own TestCase to undo each example."""

    town: Town

    @classmethod
    def setUpTestData(cls) -> None:
        cls.town = town()

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EVENTS, DAYS, DAYS, st.sampled_from(PLACES))
    def test_every_index_of_every_level_and_variant(
        self, events: list[Any], one: date, other: date, place: str
    ) -> None:
        for which, begins, lasts, kind, cause, exclusion, whole in events:
            began = EARLIEST + timedelta(seconds=min(begins, SECONDS))
            lasted = None if lasts is None else timedelta(seconds=lasts)
            if lasted is not None and began + lasted > AT:
                lasted = AT.replace(microsecond=0) - began
            cut(
                self.town.areas[which], began, lasted, kind=kind, cause=cause,
                exclusion=exclusion, whole=whole, households=None if whole else 1,
            )  # fmt: skip
        span = Span(min(one, other), max(one, other))

        found = reliability.reckon(where(place), span, at=AT)

        areas = [area for area in self.town.areas if belongs(place, area)]
        rows = [
            row
            for row in Interruption.objects.select_related(
                "outage", "transformer__line"
            )
            if belongs(place, row.transformer)
        ]
        for level in Level:
            for variant in Variant:
                told = found.indices(level, variant)
                assert oracle(rows, areas, level, variant, span) == {
                    "saidi": told.saidi,
                    "saifi": told.saifi,
                    "caidi": told.caidi,
                    "asai": told.asai,
                }
            self.months_and_groups_add_up(found, level)

    def months_and_groups_add_up(
        self, found: reliability.Reckoning, level: Level
    ) -> None:
        whole = found.sums(level)
        for name in ("month", "kind", "cause", "part", "area_class"):
            parts = [
                found.sums(level, **{name: value}) for value in found.values_of(name)
            ]
            assert sum(parts, type(whole)()) == whole
        months = [found.seconds_of(number) for number, _first in found.months()]
        assert sum(months) == found.seconds_of()


@pytest.mark.django_db
@pytest.mark.parametrize("first", [date(2024, 2, 1), date(2023, 2, 1)])
def test_february_has_as_many_hours_as_the_year_gives_it(first: date) -> None:
    town()
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    found = reliability.reckon(reliability.region(HEXI), Span(first, last), at=AT)

    assert found.seconds_of() == (29 if first.year == 2024 else 28) * 86400
