"""Outside 2000–2100 the calendar refuses in words, never with a wrapped-round date."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from sla.engine import CalendarRangeError
from tests.sla_engine.cast import day, national

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def test_the_first_and_last_dates_are_known():
    assert national().add(FIRST, 1) == day("2000-01-04")
    assert national().count(FIRST, LAST) > 24_000
    assert national().add(LAST, 0) == LAST


@pytest.mark.parametrize("n", [0, 1, 40])
@pytest.mark.parametrize("start", ["1999-12-31", "0001-01-01", "2101-01-01"])
def test_a_start_outside_is_refused(start, n):
    with pytest.raises(CalendarRangeError, match="超出了日历范围"):
        national().add(day(start), n)


def test_an_answer_outside_is_refused():
    with pytest.raises(CalendarRangeError, match="第2个工作日超出了日历范围"):
        national().add(day("2100-12-30"), 2)


def test_a_negative_number_is_refused():
    with pytest.raises(CalendarRangeError, match="不能为负数"):
        national().add(FIRST, -1)


@pytest.mark.parametrize("n", [0, 1])
def test_a_datetime_is_no_date(n):
    with pytest.raises(CalendarRangeError, match="只认日期"):
        national().add(datetime(2026, 1, 5, tzinfo=UTC), n)


@pytest.mark.parametrize(
    ("after", "until"),
    [("1999-12-31", "2026-01-01"), ("2026-01-01", "2101-01-01")],
)
def test_counting_outside_is_refused(after, until):
    with pytest.raises(CalendarRangeError, match="超出了日历范围"):
        national().count(day(after), day(until))


def test_counting_backwards_is_refused():
    with pytest.raises(CalendarRangeError, match="晚于"):
        national().count(day("2026-01-02"), day("2026-01-01"))


def test_asking_for_a_verdict_outside_is_refused():
    with pytest.raises(CalendarRangeError):
        national().is_workday(day("2101-01-01"))


@pytest.mark.parametrize("ordinal", [FIRST.toordinal() - 1, LAST.toordinal() + 1])
def test_a_column_with_one_date_outside_is_refused(ordinal):
    column = np.array([FIRST.toordinal(), ordinal])
    with pytest.raises(CalendarRangeError, match="有日期超出"):
        national().add_many(column, 1)


def test_a_column_with_one_answer_outside_is_refused():
    with pytest.raises(CalendarRangeError, match="有结果超出"):
        national().add_many(np.array([LAST.toordinal()]), 1)


def test_a_column_with_a_negative_number_is_refused():
    starts = np.array([day("2026-01-05").toordinal()] * 2)
    with pytest.raises(CalendarRangeError, match="不能为负数"):
        national().add_many(starts, np.array([1, -1]))


def test_columns_that_run_backwards_are_refused():
    later = np.array([day("2026-01-05").toordinal()])
    with pytest.raises(CalendarRangeError, match="晚于"):
        national().count_many(later, later - 1)
