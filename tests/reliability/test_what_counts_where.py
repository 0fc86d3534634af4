"""What an interruption gives to a span: by its edges, its kind, and who is counted."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outages.indices import Level, Span, Variant, rounded_down, rounded_up, year
from outages.models import Transformer
from outages.selectors import reliability
from outages.selectors.reliability import Reckoning
from outages.selectors.reliability_tables import by_area_class
from tests.cast import HEXI, at
from tests.reliability.history import cut, town

pytestmark = pytest.mark.django_db
NOW = at("2025-02-01", "12:00")


def in_year(number: int) -> Reckoning:
    return reliability.reckon(reliability.region(HEXI), year(number), at=NOW)


def test_over_new_year_each_year_gets_its_hours_and_the_first_the_count() -> None:
    cut(town().homes, at("2023-12-31", "22:00"), timedelta(hours=5))

    before, after = in_year(2023).sums(Level.LOW), in_year(2024).sums(Level.LOW)

    assert before.customer_seconds == 2 * 3600 * 300
    assert after.customer_seconds == 3 * 3600 * 300
    assert (before.customers_off, after.customers_off) == (300, 0)
    assert in_year(2024).indices(Level.LOW).caidi is None


def test_midnight_is_that_of_shanghai() -> None:
    cut(town().homes, at("2024-01-01", "00:00"), timedelta(minutes=30))

    assert in_year(2023).sums(Level.LOW).interruptions == 0
    assert in_year(2024).sums(Level.LOW).interruptions == 1


def test_what_is_still_out_is_measured_up_to_now() -> None:
    cut(town().homes, NOW - timedelta(hours=1))

    span = Span(NOW.date(), NOW.date())
    found = reliability.reckon(reliability.region(HEXI), span, at=NOW)

    assert found.sums(Level.LOW).customer_seconds == 3600 * 300
    assert found.seconds_of() == 12 * 3600


def test_out_since_the_year_before_last_and_very_long_ones_are_found() -> None:
    place = town()
    cut(place.homes, at("2022-05-01"))
    cut(place.shops, at("2023-09-01"), timedelta(days=200))

    rest = at("2023-09-01") + timedelta(days=200) - at("2024-01-01", "00:00")

    sums = in_year(2024).sums(Level.LOW)

    year_out, rest_out = 366 * 86400 * 300, int(rest.total_seconds()) * 100
    assert sums.customer_seconds == year_out + rest_out


def test_arrears_and_what_never_happened_are_left_out() -> None:
    place = town()
    cut(place.homes, at("2024-03-01"), timedelta(hours=1), kind="arrears")
    cut(place.homes, None, status="announced")
    cut(place.homes, None, status="cancelled")

    assert in_year(2024).cells == {}


def test_medium_counts_public_areas_cut_as_a_whole() -> None:
    place = town()
    cut(place.homes, at("2024-03-01"), timedelta(hours=1))
    cut(place.factory, at("2024-03-02"), timedelta(hours=1))
    cut(place.shops, at("2024-03-03"), timedelta(hours=1), whole=False, households=2)

    found = in_year(2024)

    assert found.sums(Level.MEDIUM).customers_off == 1
    assert found.customers_of(Level.MEDIUM) == 3
    assert found.sums(Level.LOW).customers_off == 300 + 1 + 2
    assert found.indices(Level.MEDIUM).saidi == Fraction(1, 3)


@pytest.mark.parametrize(("seconds", "left"), [(180, 0), (181, 1)])
def test_short_is_three_minutes_at_most(seconds: int, left: int) -> None:
    cut(town().homes, at("2024-03-01"), timedelta(seconds=seconds))

    found = in_year(2024)

    assert found.sums(Level.LOW, Variant.WITHOUT_SHORT).interruptions == left
    assert found.sums(Level.LOW).interruptions == 1


@pytest.mark.parametrize(
    ("exclusion", "left"),
    [("none", 1), ("claimed", 1), ("rejected", 1), ("confirmed", 0)],
)
def test_only_what_two_people_saw_is_excluded(exclusion: str, left: int) -> None:
    cut(town().homes, at("2024-03-01"), timedelta(hours=1), exclusion=exclusion)

    found = in_year(2024)

    assert found.sums(Level.LOW, Variant.WITHOUT_EXTERNAL).interruptions == left


def test_a_day_that_has_not_begun_has_no_rate() -> None:
    town()
    midnight = at("2025-02-01", "00:00")

    found = reliability.reckon(
        reliability.region(HEXI), Span(midnight.date(), midnight.date()), at=midnight
    )

    assert found.indices(Level.LOW).asai is None
    assert found.indices(Level.LOW).saidi == 0


def test_where_nobody_lives_nothing_is_defined() -> None:
    town()

    found = reliability.reckon(reliability.region("120102"), year(2024), at=NOW)
    told = found.indices(Level.LOW)

    assert (told.saidi, told.saifi, told.caidi, told.asai) == (None,) * 4
    assert rounded_down(told.asai, 4) == "—"


def test_rows_add_up_also_where_nobody_lives_any_more() -> None:
    village = town().village
    cut(village, at("2024-03-01"), timedelta(hours=1))
    Transformer.objects.filter(pk=village.pk).update(retired_on=date(2024, 9, 1))

    rows = by_area_class(in_year(2024), Level.LOW)

    off = {area: told.sums.customers_off for area, _label, told in rows}
    assert off == {"urban": 0, "rural": 50}


def test_rates_are_rounded_down_and_hours_up() -> None:
    assert rounded_down(Fraction(9999999, 100000), 4) == "99.9999"
    assert rounded_down(Fraction(100), 2) == "100.00"
    assert rounded_up(Fraction(10001, 10000), 3) == "1.001"
    assert rounded_up(Fraction(5, 2), 0) == "3"


def test_parts_are_told_apart_by_line_and_by_area() -> None:
    place = town()
    cut(place.homes, at("2024-03-01"), timedelta(hours=1))
    cut(place.village, at("2024-03-01"), timedelta(hours=2))
    where = reliability.part("substation", "S-1")

    lines = reliability.reckon(where, year(2024), at=NOW, each="line")
    areas = reliability.reckon(where, year(2024), at=NOW, each="transformer")

    assert lines.indices(Level.LOW, part=place.two.pk).saidi == 2
    assert lines.indices(Level.LOW, part=place.one.pk).customers == 401
    assert areas.indices(Level.LOW, part=place.homes.pk).saidi == 1


def test_a_part_nobody_knows_is_refused() -> None:
    town()

    with pytest.raises(ValidationError, match="没有编码为L-9的电网设备"):
        reliability.part("line", "L-9")


def test_the_number_of_statements_is_fixed() -> None:
    place = town()
    span = Span(date(2024, 1, 1), date(2024, 12, 31))

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            reliability.reckon(reliability.region(HEXI), span, at=NOW)
        return len(seen)

    before = cost()
    for day in range(1, 20):
        cut(place.homes, at(f"2024-03-{day:02}", "23:00"), timedelta(hours=2))

    assert cost() == before <= 7
