"""Past the last official notice every answer stands, marked provisional."""

from datetime import date

import pytest

from sla.engine import Limit, WorkCalendar, reckon
from tests.sla_engine.cast import day, national, started, when, working_days


def test_the_library_knows_notices_from_2001_to_2026_at_least():
    assert national().official_from == date(2001, 1, 1)
    assert national().official_until >= date(2026, 12, 31)
    assert (national().official_until.month, national().official_until.day) == (12, 31)


@pytest.mark.parametrize(
    ("start", "n", "provisional"),
    [
        ("2026-12-28", 3, False),  # due on the last official day
        ("2026-12-28", 4, True),
        ("2026-12-31", 1, True),
        ("2090-06-01", 32, True),
        ("2000-12-31", 1, False),  # the first counted date is 2001-01-02
        ("2000-12-30", 1, True),
        ("2000-05-08", 5, True),  # before the first notice that is known
    ],
)
def test_a_date_beyond_the_notices_is_provisional(start, n, provisional):
    at = when(start)
    calendar = WorkCalendar.build("120000")
    result = reckon(working_days(n), started(start), calendar, at)
    assert result.due_on is not None
    assert result.provisional is provisional


def test_beyond_the_notices_weekends_and_statutory_days_rest():
    calendar = national()
    for rested in ("2027-02-06", "2027-10-01", "2099-05-01", "2027-03-06"):
        assert not calendar.is_workday(day(rested))
    assert calendar.verdict(day("2027-10-01")).source == "全国年节及纪念日放假办法"
    assert calendar.is_workday(day("2027-03-05"))


def test_a_notice_among_the_rows_makes_its_year_official():
    calendar = WorkCalendar.build("120000", covered_until=date(2027, 12, 31))
    assert calendar.official_until == date(2027, 12, 31)
    result = reckon(
        working_days(10), started("2026-12-28"), calendar, when("2026-12-28")
    )
    assert not result.provisional


def test_an_older_coverage_takes_nothing_away():
    calendar = WorkCalendar.build("120000", covered_until=date(2020, 12, 31))
    assert calendar.official_until == national().official_until


def test_a_paused_clock_is_as_sure_as_the_days_it_used():
    history = started("2026-12-28", ("pause", "2026-12-30"))
    result = reckon(working_days(10), history, national(), when("2027-02-01"))
    assert result.due_on is None
    assert not result.provisional
    history = started("2026-12-28", ("pause", "2027-01-05"))
    result = reckon(working_days(10), history, national(), when("2027-02-01"))
    assert result.provisional


def test_dates_and_minutes_need_no_notice():
    for unit in ("calendar_day", "minute"):
        result = reckon(
            Limit(60, unit), started("2027-03-01"), national(), when("2027-03-01")
        )
        assert not result.provisional
