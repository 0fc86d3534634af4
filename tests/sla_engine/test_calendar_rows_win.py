"""Rows of an operator win over what the library says; the later row wins."""

import pytest

from sla.engine import CalendarRangeError, DayRule, UnknownRegion, WorkCalendar
from tests.sla_engine.cast import day, national

ORDER = "天津市人民政府通告"


def with_rows(*rows: tuple[str, bool, str]) -> WorkCalendar:
    """Return a calendar under rows of (date, workday, name)."""
    rules = [DayRule(day(date), work, ORDER, name) for date, work, name in rows]
    return WorkCalendar.build("120000", rules)


def test_a_row_makes_a_working_day_a_holiday():
    calendar = with_rows(("2026-10-09", False, "运动会开幕"))
    verdict = calendar.verdict(day("2026-10-09"))
    assert (verdict.label, verdict.note) == ("法定节假日", f"运动会开幕 · {ORDER}")
    assert calendar.add(day("2026-09-30"), 10) == day("2026-10-21")


def test_a_row_makes_a_weekend_worked():
    calendar = with_rows(("2026-10-17", True, ""))
    assert calendar.verdict(day("2026-10-17")).label == "调休上班"
    assert calendar.add(day("2026-09-30"), 10) == day("2026-10-19")


def test_a_row_makes_a_holiday_worked():
    calendar = with_rows(("2026-10-07", True, ""))
    verdict = calendar.verdict(day("2026-10-07"))
    assert (verdict.label, verdict.name) == ("工作日", "")


def test_a_row_gives_a_make_up_day_back():
    calendar = with_rows(("2026-10-10", False, ""))
    assert calendar.verdict(day("2026-10-10")).label == "周末"
    assert not calendar.is_workday(day("2026-10-10"))


def test_a_row_that_repeats_the_notice_keeps_the_festivals_name():
    verdict = with_rows(("2026-10-03", False, "")).verdict(day("2026-10-03"))
    assert (verdict.label, verdict.name, verdict.source) == (
        "法定节假日",
        "国庆节",
        ORDER,
    )


def test_the_later_row_wins():
    calendar = with_rows(("2026-10-09", False, ""), ("2026-10-09", True, ""))
    assert calendar.is_workday(day("2026-10-09"))


def test_further_rules_lie_over_the_first_and_leave_them_alone():
    first = with_rows(("2026-10-09", False, ""))
    second = first.with_rules([DayRule(day("2026-10-12"), False, ORDER)])
    assert second.add(day("2026-09-30"), 10) == day("2026-10-22")
    assert first.add(day("2026-09-30"), 10) == day("2026-10-21")
    assert national().add(day("2026-09-30"), 10) == day("2026-10-20")


def test_a_row_outside_the_years_is_refused():
    with pytest.raises(CalendarRangeError, match="1999-12-31超出了日历范围"):
        with_rows(("1999-12-31", False, ""))


@pytest.mark.parametrize("code", ["CN", "100000", "120000", "120116", "331000"])
def test_every_region_of_the_country_has_the_calendar(code):
    assert WorkCalendar.build(code).region == code


@pytest.mark.parametrize(
    "code", ["", "US", "12", "1200000", "999999", "000000", "810000", "１２００００"]
)
def test_an_unknown_region_is_refused(code):
    with pytest.raises(UnknownRegion, match="不认识的地区代码"):
        WorkCalendar.build(code)
