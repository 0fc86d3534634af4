"""The worked examples that people checked by hand, and the days of two whole years."""

from datetime import date

import pytest

from tests.sla_engine.cast import day, national


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-09-29", 3, "2025-10-10"),
        ("2025-09-29", 5, "2025-10-13"),
        ("2025-09-30", 10, "2025-10-21"),
        ("2026-01-01", 3, "2026-01-06"),
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 10, "2026-10-20"),
    ],
)
def test_the_nth_working_day_is_the_one_on_paper(start, n, due):
    assert national().add(day(start), n) == day(due)
    assert national().count(day(start), day(due)) == n


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year):
    assert national().count(date(year - 1, 12, 31), date(year, 12, 31)) == 248


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2025-01-28", "2025-02-04"),
        ("2025-10-01", "2025-10-08"),
        ("2026-02-15", "2026-02-23"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ],
)
def test_a_long_holiday_is_off_from_first_to_last_day(first, last):
    assert national().count(day(first), day(last)) == 0
    assert not national().is_workday(day(first))


@pytest.mark.parametrize(
    "worked",
    [
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ],
)
def test_a_make_up_day_is_worked(worked):
    assert national().is_workday(day(worked))
