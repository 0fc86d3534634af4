"""A warning comes as a day opens: four fifths used, or one working day left."""

import pytest

from sla.engine import reckon
from tests.sla_engine.cast import national, started, when, working_days


@pytest.mark.parametrize(
    ("limit", "warned"),
    [
        (1, "2026-03-10T00:00"),  # the due day itself
        (2, "2026-03-10T00:00"),
        (3, "2026-03-11T00:00"),
        (5, "2026-03-13T00:00"),
        (10, "2026-03-19T00:00"),
        (20, "2026-03-31T00:00"),
    ],
)
def test_the_day_that_opens_with_a_warning(limit, warned):
    history = started("2026-03-09")
    result = reckon(working_days(limit), history, national(), when("2026-03-09"))
    assert result.warn_at == when(warned)


def test_a_pause_before_it_moves_it():
    history = started("2026-03-09", ("pause", "2026-03-11"), ("resume", "2026-03-17"))
    result = reckon(working_days(5), history, national(), when("2026-03-17"))
    assert result.warn_at == when("2026-03-19T00:00")


def test_a_pause_on_its_day_comes_too_late_to_move_it():
    history = started("2026-03-09", ("pause", "2026-03-13"), ("resume", "2026-03-17"))
    result = reckon(working_days(5), history, national(), when("2026-03-17"))
    assert result.warn_at == when("2026-03-13T00:00")


def test_paused_before_it_there_is_none():
    history = started("2026-03-09", ("pause", "2026-03-11"))
    result = reckon(working_days(5), history, national(), when("2026-03-17"))
    assert result.warn_at is None
