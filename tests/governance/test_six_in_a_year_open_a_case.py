"""The sixth outage within 365 days opens a case; the calendar year is only shown."""

import pytest

from tests.cast import at
from tests.governance.world import case_of, cut, cut_on, frequency_of, numbers
from tests.grid import Grid

pytestmark = pytest.mark.django_db
FOUR_MORE = ("2024-05-01", "2024-07-15", "2024-10-01", "2024-12-10")


@pytest.mark.parametrize(("first", "count"), [("2024-02-16", 5), ("2024-02-17", 6)])
def test_the_365_days_of_a_leap_year(network: Grid, first: str, count: int) -> None:
    # 2025-02-15 is day 365 from 2024-02-17: the leap day takes a place of its own.
    cut_on(network.garden, first, *FOUR_MORE, "2025-02-15", time="23:59:59")
    found = frequency_of(network.garden)
    assert numbers(found)[1] == count
    assert found.verdict == ("exceeded" if count == 6 else "near")
    case = case_of(network.garden)
    assert (case is not None) == (count == 6)
    if case is not None:
        assert [rule["key"] for rule in case.findings["rules"]] == ["in_365_days"]


def test_the_366th_day_of_a_leap_year_counts_for_the_year_alone(network: Grid) -> None:
    cut_on(
        network.garden, "2024-01-01", "2024-03-15", "2024-05-30", "2024-08-10",
        "2024-10-20", "2024-12-31",
    )  # fmt: skip
    assert numbers(frequency_of(network.garden)) == (1, 5, 6)
    assert case_of(network.garden) is None


def test_the_calendar_year_begins_anew(network: Grid) -> None:
    cut(network.garden, began=at("2025-12-31", "23:59:59"))
    assert numbers(frequency_of(network.garden)) == (1, 1, 1)
    cut(network.garden, began=at("2026-01-01", "01:30:00"))
    assert numbers(frequency_of(network.garden)) == (2, 2, 1)


def test_both_rules_are_named_when_both_are_broken(network: Grid) -> None:
    cut_on(
        network.garden, "2026-01-10", "2026-04-01", "2026-08-01", "2026-08-10",
        "2026-08-20", "2026-08-30",
    )  # fmt: skip
    rules = case_of(network.garden).findings["rules"]
    assert [(rule["key"], rule["count"]) for rule in rules] == [
        ("in_60_days", 4),
        ("in_365_days", 6),
    ]
