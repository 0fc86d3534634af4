"""Minutes run round the clock, and stand still to the microsecond while paused."""

import pytest

from sla.engine import CalendarRangeError, Limit, Moment, reckon
from tests.sla_engine.cast import day, national, started, when

HOUR = Limit(60, "minute")


def test_they_run_through_night_and_weekend():
    history = started("2026-03-07T23:30")
    result = reckon(HOUR, history, national(), when("2026-03-07T23:45:30"))
    assert result.due_at == when("2026-03-08T00:30")
    assert result.due_on == day("2026-03-08")
    assert (result.used, result.remaining) == (15, 45)
    assert result.ledger == ()


def test_a_pause_moves_the_due_moment_by_its_length():
    history = started(
        "2026-03-09T09:00",
        ("pause", "2026-03-09T09:20"),
        ("resume", "2026-03-09T11:00:30"),
    )
    result = reckon(HOUR, history, national(), when("2026-03-09T11:00:30"))
    assert result.due_at == when("2026-03-09T11:40:30")
    assert result.used == 20


def test_paused_at_the_very_due_moment_it_is_due_on_resumption():
    history = started(
        "2026-03-09T09:00",
        ("pause", "2026-03-09T10:00"),
        ("resume", "2026-03-09T11:00"),
    )
    result = reckon(HOUR, history, national(), when("2026-03-09T11:00"))
    assert result.due_at == when("2026-03-09T11:00")
    assert not result.overdue


def test_overdue_before_the_pause_the_due_moment_stays():
    history = started(
        "2026-03-09T09:00",
        ("pause", "2026-03-09T10:00:01"),
        ("resume", "2026-03-09T11:00"),
    )
    result = reckon(HOUR, history, national(), when("2026-03-09T11:00"))
    assert result.due_at == when("2026-03-09T10:00")
    assert result.overdue


@pytest.mark.parametrize(
    ("stopped", "state"),
    [("2026-03-09T10:00", "met"), ("2026-03-09T10:00:00.000001", "missed")],
)
def test_a_microsecond_decides(stopped, state):
    history = started("2026-03-09T09:00", ("stop", stopped))
    assert reckon(HOUR, history, national(), when(stopped)).state == state


def test_the_warning_comes_when_four_fifths_are_used():
    history = started(
        "2026-03-09T09:00",
        ("pause", "2026-03-09T09:20"),
        ("resume", "2026-03-09T09:30"),
    )
    result = reckon(HOUR, history, national(), when("2026-03-09T09:30"))
    assert result.warn_at == when("2026-03-09T09:58")


def test_a_due_moment_beyond_the_calendar_is_refused():
    history = [Moment(when("2100-12-31T23:30"), "start")]
    with pytest.raises(CalendarRangeError):
        reckon(HOUR, history, national(), when("2100-12-31T23:30"))
