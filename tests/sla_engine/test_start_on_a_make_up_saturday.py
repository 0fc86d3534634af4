"""A Saturday that is worked counts like any working day; as a start it does not."""

from sla.engine import reckon
from tests.sla_engine.cast import day, national, started, when, working_days


def test_a_clock_started_on_it_counts_from_the_next_working_day():
    history = started("2026-02-14")
    result = reckon(working_days(1), history, national(), when("2026-02-14"))
    assert result.due_on == day("2026-02-24")


def test_a_clock_started_the_day_before_may_be_due_on_it():
    history = started("2026-10-09")
    result = reckon(working_days(1), history, national(), when("2026-10-09"))
    assert result.due_on == day("2026-10-10")
    assert [entry.verdict for entry in result.ledger] == ["调休上班"]
