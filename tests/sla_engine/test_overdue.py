"""Past the due moment a running clock is overdue, and says by how much."""

from sla.engine import reckon
from tests.sla_engine.cast import day, national, started, when, working_days


def test_days_beyond_the_limit_are_counted_and_go_below_zero():
    result = reckon(
        working_days(5), started("2026-03-09"), national(), when("2026-03-19")
    )
    assert result.due_on == day("2026-03-16")
    assert result.overdue
    assert (result.used, result.remaining, result.overdue_by) == (8, -3, 3)


def test_on_the_due_day_all_is_used_and_nothing_late():
    result = reckon(
        working_days(5), started("2026-03-09"), national(), when("2026-03-16")
    )
    assert (result.used, result.remaining) == (5, 0)
    assert (result.overdue, result.overdue_by) == (False, 0)


def test_on_the_weekend_after_it_is_overdue_by_no_working_day_yet():
    result = reckon(
        working_days(5), started("2026-03-06"), national(), when("2026-03-14")
    )
    assert (result.overdue, result.overdue_by) == (True, 0)
