"""A day ends at 24:00 in Shanghai, whatever zone the moment was written in."""

from datetime import UTC, datetime

import pytest

from sla.engine import SHANGHAI, Moment, reckon
from tests.sla_engine.cast import day, national, started, when, working_days


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-05T23:59:59", "2026-03-06"),
        ("2026-03-06T00:00:00", "2026-03-09"),
    ],
)
def test_a_second_decides_the_start_day(start, due):
    history = started(start)
    result = reckon(working_days(1), history, national(), when(start))
    assert result.due_on == day(due)


def test_a_moment_written_in_utc_belongs_to_its_day_in_shanghai():
    at = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # 00:00 on the 6th
    result = reckon(working_days(1), [Moment(at, "start")], national(), at)
    assert result.started_on == day("2026-03-06")
    assert result.started_at == at
    assert result.started_at.tzinfo is SHANGHAI


def test_the_due_moment_is_the_last_of_the_due_day():
    history = started("2026-03-05")
    result = reckon(working_days(1), history, national(), when("2026-03-05"))
    assert result.due_at == when("2026-03-06T23:59:59.999999")


@pytest.mark.parametrize(
    ("stopped", "state"),
    [("2026-03-06T23:59:59", "met"), ("2026-03-07T00:00:00", "missed")],
)
def test_a_second_decides_between_met_and_missed(stopped, state):
    history = started("2026-03-05", ("stop", stopped))
    result = reckon(working_days(1), history, national(), when(stopped))
    assert result.state == state


@pytest.mark.parametrize(
    ("at", "overdue"),
    [("2026-03-06T23:59:59.999999", False), ("2026-03-07T00:00:00", True)],
)
def test_a_clock_is_overdue_from_the_first_moment_after(at, overdue):
    result = reckon(working_days(1), started("2026-03-05"), national(), when(at))
    assert result.overdue is overdue
