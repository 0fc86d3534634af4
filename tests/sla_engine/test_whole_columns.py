"""A column of dates is answered like its dates one by one."""

from datetime import date

import numpy as np

from tests.sla_engine.cast import day, national

STARTS = np.array(
    [day(t).toordinal() for t in ("2026-01-01", "2026-09-30", "2027-02-05")]
)


def dates(column: np.ndarray) -> list[date]:
    """Return a column of ordinals as dates."""
    return [date.fromordinal(ordinal) for ordinal in column.tolist()]


def test_one_number_for_all():
    assert dates(national().add_many(STARTS, 10)) == [
        national().add(start, 10) for start in dates(STARTS)
    ]


def test_a_number_for_each():
    numbers = np.array([3, 0, 5])
    assert dates(national().add_many(STARTS, numbers)) == [
        day("2026-01-06"),
        day("2026-09-30"),
        national().add(day("2027-02-05"), 5),
    ]


def test_nothing_added_gives_even_the_first_date_of_all_back():
    column = np.array([day("2000-01-01").toordinal()])
    assert national().add_many(column, 0).tolist() == column.tolist()


def test_working_days_between_two_columns():
    due = national().add_many(STARTS, 7)
    assert national().count_many(STARTS, due).tolist() == [7, 7, 7]


def test_an_empty_column_stays_empty():
    nothing = np.array([], dtype=np.int64)
    assert national().add_many(nothing, 3).size == 0
    assert national().count_many(nothing, nothing).size == 0
