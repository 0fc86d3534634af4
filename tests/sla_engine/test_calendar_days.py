"""A limit in dates counts every date, worked or not."""

import pytest

from sla.engine import CalendarRangeError, Limit, reckon
from tests.sla_engine.cast import day, national, started, when

WEEK = Limit(7, "calendar_day")


def test_holidays_count():
    result = reckon(WEEK, started("2026-09-30"), national(), when("2026-10-03"))
    assert result.due_on == day("2026-10-07")
    assert (result.used, result.remaining) == (3, 4)
    assert all(entry.counted for entry in result.ledger)
    assert result.ledger[0].verdict == "法定节假日"


def test_a_pause_takes_its_dates_out():
    history = started("2026-09-30", ("pause", "2026-10-02"), ("resume", "2026-10-05"))
    result = reckon(WEEK, history, national(), when("2026-10-05"))
    assert result.due_on == day("2026-10-10")


def test_a_due_day_beyond_the_calendar_is_refused():
    with pytest.raises(CalendarRangeError):
        reckon(WEEK, started("2100-12-30"), national(), when("2100-12-30"))
