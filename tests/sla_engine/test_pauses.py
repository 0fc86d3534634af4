"""A pause takes whole dates: used to the pause day, the rest after the resume day."""

import pytest

from sla.engine import PausedSpan, reckon
from tests.sla_engine.cast import day, national, started, when, working_days


def test_the_rest_runs_from_the_resume_day_which_is_not_counted():
    # Monday to Friday; two days used by Wednesday, three left after Tuesday the 17th.
    history = started("2026-03-09", ("pause", "2026-03-11"), ("resume", "2026-03-17"))
    result = reckon(working_days(5), history, national(), when("2026-03-18"))
    assert result.due_on == day("2026-03-20")
    assert (result.used, result.remaining) == (3, 2)
    assert result.paused_spans == (
        PausedSpan(day("2026-03-11"), day("2026-03-17"), ""),
    )


def test_while_paused_nothing_is_due_and_nothing_overdue():
    history = started("2026-03-09", ("pause", "2026-03-11", "等待客户"))
    result = reckon(working_days(5), history, national(), when("2026-06-01"))
    assert result.state == "paused"
    assert (result.due_on, result.due_at, result.warn_at) == (None, None, None)
    assert (result.used, result.remaining) == (2, 3)
    assert not result.overdue
    assert result.paused_spans == (PausedSpan(day("2026-03-11"), None, "等待客户"),)


def test_a_pause_over_a_long_holiday_counts_no_holiday_twice():
    history = started("2026-09-28", ("pause", "2026-09-29"), ("resume", "2026-10-09"))
    result = reckon(working_days(3), history, national(), when("2026-10-09"))
    # One day used; the make-up Saturday and Monday are the two left.
    assert result.due_on == day("2026-10-12")


@pytest.mark.parametrize("back", ["2026-03-11T10:00", "2026-03-11T23:59:59"])
def test_pause_and_resume_on_one_day_change_nothing(back):
    history = started("2026-03-09", ("pause", "2026-03-11"), ("resume", back))
    plain = reckon(
        working_days(5), started("2026-03-09"), national(), when("2026-03-12")
    )
    result = reckon(working_days(5), history, national(), when("2026-03-12"))
    assert (result.due_on, result.used, result.warn_at) == (
        plain.due_on,
        plain.used,
        plain.warn_at,
    )
    assert result.ledger == plain.ledger


def test_paused_on_the_due_day_the_resume_day_is_due():
    history = started("2026-03-09", ("pause", "2026-03-16"), ("resume", "2026-03-21"))
    result = reckon(working_days(5), history, national(), when("2026-03-21"))
    assert result.due_on == day("2026-03-21")  # a Saturday: nothing is left to count
    assert not result.overdue


def test_paused_on_the_start_day_the_whole_limit_runs_from_the_resume_day():
    history = started(
        "2026-03-09", ("pause", "2026-03-09T10:00"), ("resume", "2026-03-13")
    )
    result = reckon(working_days(5), history, national(), when("2026-03-13"))
    assert result.due_on == day("2026-03-20")


def test_overdue_before_the_pause_the_due_day_stays():
    history = started("2026-03-09", ("pause", "2026-03-17"))
    paused = reckon(working_days(5), history, national(), when("2026-03-20"))
    assert (paused.state, paused.overdue) == ("paused", False)
    assert paused.due_on == day("2026-03-16")
    assert (paused.used, paused.remaining) == (6, -1)
    history = started("2026-03-09", ("pause", "2026-03-17"), ("resume", "2026-03-24"))
    resumed = reckon(working_days(5), history, national(), when("2026-03-24"))
    assert resumed.due_on == day("2026-03-16")
    assert resumed.overdue


def test_paused_on_the_weekend_after_the_due_day_it_was_overdue():
    history = started("2026-03-06", ("pause", "2026-03-14"), ("resume", "2026-03-18"))
    result = reckon(working_days(5), history, national(), when("2026-03-18"))
    assert result.due_on == day("2026-03-13")
    assert result.overdue


def test_pauses_one_after_another_add_up():
    history = started(
        "2026-03-09",
        ("pause", "2026-03-10"),
        ("resume", "2026-03-12"),
        ("pause", "2026-03-12T10:00"),
        ("resume", "2026-03-16"),
        ("pause", "2026-03-17"),
        ("resume", "2026-03-18"),
    )
    result = reckon(working_days(5), history, national(), when("2026-03-18"))
    assert result.used == 2
    assert result.due_on == day("2026-03-23")
