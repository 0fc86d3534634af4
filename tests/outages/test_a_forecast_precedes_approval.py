"""Which limits a planned outage would reach, and what it adds to a year's figures."""

from datetime import timedelta

import pytest

from outages.rules import frequent
from outages.selectors import forecast
from outages.services import running
from outages.vocabulary import OutageKind, ScopeLevel
from tests.cast import NOW, at
from tests.grid import grid, zhou
from tests.outages.lives import (
    GARDEN,
    LINE_ONE,
    SCHOOL,
    START,
    announced,
    drafted,
    fault,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _faults(number: int, *scope, until=NOW) -> None:
    for ago in range(number, 0, -1):
        moment = until - timedelta(days=5 * ago)
        running.restore(fault(*scope, moment=moment), by=zhou(), at=moment + HOUR)


def test_a_third_outage_in_sixty_days_reaches_the_limit():
    grid()
    _faults(2, GARDEN)

    seen = forecast.forecast(drafted(GARDEN, SCHOOL), at=NOW)

    (strain,) = seen.strains
    assert (strain.code, strain.count, strain.exceeded) == ("T-YY1-01", 3, False)
    assert strain.sentence == "海河花园台区连续60天将达3次，已到限值，再停一次即超标。"


def test_a_fourth_passes_it_for_area_and_line():
    grid()
    _faults(3, LINE_ONE)

    seen = forecast.forecast(drafted(LINE_ONE), at=NOW)

    assert all(strain.exceeded for strain in seen.strains)
    assert [s.level for s in seen.strains] == [ScopeLevel.LINE] + [
        ScopeLevel.TRANSFORMER
    ] * 3
    assert seen.strains[0].sentence == "友谊一线连续60天将达4次，超过3次的限值。"


def test_what_is_announced_is_counted_though_it_comes_later():
    grid()
    _faults(1, GARDEN)
    later = START + timedelta(days=20)
    announced(GARDEN, starts_at=later, ends_at=later + HOUR)

    seen = forecast.forecast(drafted(GARDEN), at=NOW)

    assert [s.count for s in seen.strains] == [3]


def test_what_was_announced_and_never_happened_does_not_count():
    grid()
    _faults(2, GARDEN)
    missed = NOW - timedelta(days=5)
    announced(
        GARDEN,
        starts_at=missed,
        ends_at=missed + HOUR,
        at=missed - timedelta(days=8),
    )

    seen = forecast.forecast(drafted(GARDEN), at=NOW)

    assert [s.count for s in seen.strains] == [3]


def test_sixty_one_days_later_counts_in_the_year_only():
    grid()
    _faults(4, GARDEN, until=START - timedelta(days=61))

    seen = forecast.forecast(drafted(GARDEN), at=NOW)

    (strain,) = seen.strains
    assert (strain.rule.key, strain.count) == ("in_365_days", 5)


def test_calm_areas_are_not_listed():
    grid()

    assert forecast.forecast(drafted(GARDEN), at=NOW).strains == []


def test_a_district_s_year_grows_by_hours_times_households():
    grid()
    _faults(1, SCHOOL)

    (row,) = forecast.forecast(drafted(GARDEN), at=NOW).figures

    # 700 households in 河西: 200 of them were out for one hour, 300 would be for eight.
    assert row.district == "河西区"
    assert row.saidi == pytest.approx(200 / 700)
    assert row.saidi_after == pytest.approx((200 + 300 * 8) / 700)
    assert row.saifi == pytest.approx(200 / 700)
    assert row.saifi_after == pytest.approx(500 / 700)


def test_next_year_has_no_figures_yet():
    grid()
    january = at("2027-01-05")

    seen = forecast.forecast(drafted(starts_at=january, ends_at=january + HOUR), at=NOW)

    assert seen.figures == []


def test_what_does_not_count_or_has_no_times_is_not_forecast():
    grid()

    assert forecast.forecast(drafted(starts_at=None, ends_at=None), at=NOW) is None
    assert forecast.forecast(fault(), at=NOW) is None
    assert OutageKind.ARREARS not in frequent.kinds()
