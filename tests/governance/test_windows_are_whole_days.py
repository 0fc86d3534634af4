"""Windows hold whole Shanghai days: rolling ones never slip, leap years or not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outages.rules import frequent
from sla.engine import day_of, midnight
from tests.cast import at
from tests.governance import oracle

days = st.dates(date(2022, 1, 1), date(2025, 12, 31))


@given(told=st.lists(days, max_size=40), on=days)
def test_counts_equal_a_walk_over_days(told: list[date], on: date) -> None:
    before = sorted(day for day in told if day <= on)
    expected = oracle.counts(before, on)
    assert frequent.counts_of(sorted(told), on) == expected
    assert frequent.verdict_of(expected) == oracle.verdict(expected)


@pytest.mark.parametrize(
    ("rule", "last", "first"),
    [
        ("in_60_days", "2026-09-01", "2026-07-04"),
        ("in_60_days", "2024-03-01", "2024-01-02"),
        ("in_60_days", "2023-03-01", "2023-01-01"),
        # 365 days are 365 days: over a leap day they begin a date later.
        ("in_365_days", "2024-02-29", "2023-03-02"),
        ("in_365_days", "2024-12-31", "2024-01-02"),
        ("in_365_days", "2023-12-31", "2023-01-01"),
        ("in_this_year", "2024-12-31", "2024-01-01"),
    ],
)
def test_where_a_window_begins(rule: str, last: str, first: str) -> None:
    window = {r.key: r for r in frequent.rules()}[rule]
    assert window.first_day(date.fromisoformat(last)) == date.fromisoformat(first)


@given(day=days, on=days)
def test_a_day_leaves_a_window_on_the_date_that_is_told(day: date, on: date) -> None:
    for rule in frequent.rules():
        free = rule.free_on(day)
        assert rule.first_day(free) > day
        assert rule.first_day(free - timedelta(days=1)) <= day


def test_the_longest_window_reaches_back_to_new_year_at_the_end_of_a_leap_year() -> (
    None
):
    assert frequent.first_day(date(2024, 12, 31)) == date(2024, 1, 1)
    assert frequent.first_day(date(2023, 6, 30)) == date(2022, 7, 1)


def test_a_day_is_shanghais() -> None:
    assert day_of(at("2026-09-01", "00:00:00")) == date(2026, 9, 1)
    assert day_of(at("2026-08-31", "23:59:59")) == date(2026, 8, 31)
    assert midnight(date(2026, 9, 1)) == at("2026-09-01", "00:00:00")
