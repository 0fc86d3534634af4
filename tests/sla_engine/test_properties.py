"""What holds for every start, number and pause."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sla.engine import DayRule, reckon
from tests.sla_engine.cast import national, started, working_days

starts = st.dates(date(2000, 1, 1), date(2060, 12, 31))
numbers = st.integers(0, 400)


@given(starts, numbers)
def test_nothing_added_is_the_same_day_and_one_more_is_later(start, n):
    assert national().add(start, 0) == start
    assert national().add(start, n) < national().add(start, n + 1)


@given(starts, st.integers(0, 30), st.integers(1, 400))
def test_a_later_start_is_never_due_earlier(start, later, n):
    assert national().add(start, n) <= national().add(start + timedelta(later), n)


@given(starts, numbers, numbers)
def test_adding_twice_is_adding_the_sum(start, a, b):
    calendar = national()
    assert calendar.add(start, a + b) == calendar.add(calendar.add(start, a), b)


@given(starts, numbers)
def test_what_add_gives_count_takes_back(start, n):
    assert national().count(start, national().add(start, n)) == n


@given(starts, st.integers(0, 300), st.integers(0, 300))
def test_counting_in_two_parts_is_counting_the_whole(start, a, b):
    middle, end = start + timedelta(a), start + timedelta(a + b)
    count = national().count
    assert count(start, middle) + count(middle, end) == count(start, end)


@given(starts, st.integers(2, 60), st.data())
def test_a_pause_of_p_working_days_moves_the_due_day_by_p(start, limit, data):
    calendar = national()
    paused = data.draw(st.integers(0, limit - 1), label="day of the pause")
    p = data.draw(st.integers(0, 40), label="working days paused")
    first = calendar.add(start, paused)
    last = calendar.add(first, p)
    history = started(
        str(start), ("pause", f"{first}T10:00"), ("resume", f"{last}T11:00")
    )
    result = reckon(working_days(limit), history, calendar, history[-1].at)
    assert result.due_on == calendar.add(start, limit + p)


@given(starts, st.integers(1, 60), st.integers(-30, 90))
def test_a_new_holiday_moves_the_due_day_only_from_inside(start, limit, offset):
    calendar = national()
    due = calendar.add(start, limit)
    at = start + timedelta(days=40 + offset)
    changed = calendar.with_rules([DayRule(at, False, "新的通知")])
    inside = start < at <= due and calendar.is_workday(at)
    expected = calendar.add(start, limit + 1) if inside else due
    assert changed.add(start, limit) == expected
