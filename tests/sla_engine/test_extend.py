"""An extension sets the whole limit anew, from its moment on."""

import pytest

from sla.engine import BadHistory, BadLimit, Moment, reckon
from tests.sla_engine.cast import day, national, started, when, working_days


def extended(value: int | None, at: str = "2026-03-11") -> list[Moment]:
    """Return a history of 5 working days that became `value`."""
    return [*started("2026-03-09"), Moment(when(at), "extend", "转为双电源", value)]


def test_the_new_limit_is_counted_from_the_start():
    result = reckon(working_days(5), extended(10), national(), when("2026-03-12"))
    assert result.due_on == day("2026-03-23")
    assert result.limit.value == 10
    assert (result.used, result.remaining) == (3, 7)


def test_before_its_moment_the_old_limit_holds():
    result = reckon(working_days(5), extended(10), national(), when("2026-03-10"))
    assert (result.due_on, result.limit.value) == (day("2026-03-16"), 5)


def test_a_shorter_limit_may_be_overdue_at_once():
    result = reckon(working_days(5), extended(1), national(), when("2026-03-11"))
    assert result.due_on == day("2026-03-10")
    assert result.overdue


def test_an_extension_within_a_pause_holds_after_it():
    history = [
        *started("2026-03-09", ("pause", "2026-03-10")),
        Moment(when("2026-03-11"), "extend", value=3),
        Moment(when("2026-03-13"), "resume"),
    ]
    result = reckon(working_days(5), history, national(), when("2026-03-13"))
    assert result.due_on == day("2026-03-17")


def test_an_extension_without_a_value_is_refused():
    with pytest.raises(BadHistory, match="必须给出新的时限"):
        extended(None)


def test_an_extension_to_nothing_is_refused():
    with pytest.raises(BadLimit, match="正整数"):
        reckon(working_days(5), extended(0), national(), when("2026-03-12"))
