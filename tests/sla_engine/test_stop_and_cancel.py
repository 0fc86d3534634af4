"""A clock that is stopped was met or missed; one that is cancelled was neither."""

import pytest

from sla.engine import reckon
from tests.sla_engine.cast import day, national, started, when, working_days


@pytest.mark.parametrize(
    ("stopped", "state", "used", "by"),
    [
        ("2026-03-09T09:00", "met", 0, 0),
        ("2026-03-12", "met", 3, 0),
        ("2026-03-16", "met", 5, 0),
        ("2026-03-18", "missed", 7, 2),
    ],
)
def test_stopped_the_days_used_are_those_up_to_the_stop(stopped, state, used, by):
    history = started("2026-03-09", ("stop", stopped))
    result = reckon(working_days(5), history, national(), when("2026-06-01"))
    assert (result.state, result.used, result.overdue_by) == (state, used, by)
    assert result.stopped_at == when(stopped)
    assert not result.overdue
    assert result.due_on == day("2026-03-16")


def test_stopped_while_paused_it_was_in_time():
    history = started("2026-03-09", ("pause", "2026-03-11"), ("stop", "2026-04-20"))
    result = reckon(working_days(5), history, national(), when("2026-04-20"))
    assert (result.state, result.used) == ("met", 2)
    assert result.paused_spans[0].end_on == day("2026-04-20")


def test_stopped_in_a_pause_within_a_pause_it_was_in_time_too():
    history = started(
        "2026-03-09",
        ("pause", "2026-03-11"),
        ("pause", "2026-03-12"),
        ("stop", "2026-04-20"),
    )
    result = reckon(working_days(5), history, national(), when("2026-04-20"))
    assert (result.state, len(result.paused_spans)) == ("met", 1)


def test_stopped_while_paused_but_overdue_before_it_was_missed():
    history = started("2026-03-09", ("pause", "2026-03-17"), ("stop", "2026-04-20"))
    result = reckon(working_days(5), history, national(), when("2026-04-20"))
    assert (result.state, result.used, result.overdue_by) == ("missed", 6, 1)
    assert result.due_on == day("2026-03-16")


@pytest.mark.parametrize("others", [(), (("pause", "2026-03-11"),)])
def test_cancelled_it_is_neither_met_nor_missed_nor_overdue(others):
    history = started("2026-03-09", *others, ("cancel", "2026-04-20"))
    result = reckon(working_days(5), history, national(), when("2026-05-20"))
    assert result.state == "cancelled"
    assert (result.overdue, result.overdue_by) == (False, 0)
    assert result.stopped_at == when("2026-04-20")
