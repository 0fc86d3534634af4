"""A reckoning is of its moment: what came later has not happened yet."""

import pytest

from sla.engine import BadHistory, reckon
from tests.sla_engine.cast import national, started, when, working_days

LIFE = started(
    "2026-03-09",
    ("pause", "2026-03-11"),
    ("resume", "2026-03-17"),
    ("stop", "2026-03-19"),
)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-03-09", "running"),
        ("2026-03-11T08:59:59", "running"),
        ("2026-03-11", "paused"),
        ("2026-03-17", "running"),
        ("2026-03-19", "met"),
    ],
)
def test_one_life_seen_at_several_moments(at, state):
    assert reckon(working_days(5), LIFE, national(), when(at)).state == state


def test_the_order_in_which_acts_are_told_does_not_matter():
    at = when("2026-04-01")
    there = reckon(working_days(5), LIFE, national(), at)
    assert reckon(working_days(5), LIFE[::-1], national(), at) == there


def test_acts_of_one_moment_keep_the_order_in_which_they_are_told():
    at = "2026-03-11T10:00"
    history = started("2026-03-09", ("pause", at), ("resume", at))
    assert reckon(working_days(5), history, national(), when(at)).state == "running"
    with pytest.raises(BadHistory, match="没有暂停"):
        reckon(
            working_days(5),
            started("2026-03-09", ("resume", at), ("pause", at)),
            national(),
            when(at),
        )


def test_a_moment_before_the_start_is_refused():
    with pytest.raises(BadHistory, match="早于开始时刻"):
        reckon(working_days(5), LIFE, national(), when("2026-03-09T08:59"))
