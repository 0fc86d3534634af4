"""A notice is checked as a whole, wins over the library, and is kept for ever."""

from datetime import date

import pytest

from sla.engine import Unreckonable
from sla.models import CalendarEdition
from sla.services import calendars, rulebook
from sla.services.calendars import CalendarRefused
from tests.sla.world import HEPING, JINING, TIANJIN, at, notice, started

pytestmark = pytest.mark.usefixtures("laws")


def test_a_notice_wins_over_the_library_everywhere_below_it() -> None:
    assert calendars.calendar_for(HEPING).is_workday(date(2026, 9, 10))
    made = notice({"2026-09-10": False}, region=TIANJIN)
    assert not calendars.calendar_for(HEPING).is_workday(date(2026, 9, 10))
    assert calendars.calendar_for(JINING).is_workday(date(2026, 9, 10))
    verdict = calendars.calendar_for(HEPING).verdict(date(2026, 9, 10))
    assert verdict.source == made.source


def test_the_later_notice_wins_and_the_nearer_wins_over_all() -> None:
    day = date(2026, 9, 10)
    notice({"2026-09-10": False}, published="2026-01-05")
    notice({"2026-09-10": True}, published="2026-03-05")
    assert calendars.calendar_for(HEPING).is_workday(day)
    notice({"2026-09-10": False}, published="2026-02-05", region=TIANJIN)
    assert not calendars.calendar_for(HEPING).is_workday(day)
    assert calendars.calendar_for(JINING).is_workday(day)


def test_a_place_the_tables_do_not_know_takes_the_calendar_above_it() -> None:
    notice({"2026-09-10": False}, region=TIANJIN)
    assert not calendars.calendar_for("120199").is_workday(date(2026, 9, 10))
    assert calendars.calendar_for("440100").is_workday(date(2026, 9, 10))
    with pytest.raises(Unreckonable, match="不认识的地区代码"):
        calendars.calendar_for("999999")


def test_rules_are_kept_once_and_give_the_same_calendar_for_ever() -> None:
    notice({"2026-09-10": False})
    clock = started("2026-09-01")
    started("2026-09-01")
    kept = CalendarEdition.objects.exclude(version=rulebook.LIBRARY).get()
    assert (str(kept), kept.rules[0][0]) == (clock.calendar_version, "2026-09-10")
    calendars.edition.cache_clear()
    assert not calendars.edition(kept.version).is_workday(date(2026, 9, 10))


@pytest.mark.parametrize(
    ("days", "until", "sentence"),
    [
        ({}, "2027-12-31", "通知里没有任何日期"),
        ({"2028-01-03": False}, "2027-12-31", "2028-01-03 晚于本通知安排的最后一天"),
        ({"2062-01-03": False}, None, "2062-01-03 与发布日期 2026-11-04 相差太远"),
        ({"2027-03-03": True}, None, "2027-03-03（周三）本来就上班"),
    ],
)
def test_a_notice_that_cannot_be_meant_is_refused(
    days: dict[str, bool], until: str | None, sentence: str
) -> None:
    with pytest.raises(CalendarRefused, match=sentence):
        notice(days, until=until)


def test_a_working_weekday_may_take_back_an_earlier_notice() -> None:
    notice({"2026-09-10": False}, published="2026-01-05")
    assert notice({"2026-09-10": True}, published="2026-03-05").pk


def test_a_date_written_twice_is_refused() -> None:
    made = notice({"2026-09-10": False})
    rows = list(made.days.all())
    assert calendars.check_days(made, rows * 2) == ["2026-09-10 写了两次。"]


def test_dates_that_change_nothing_are_named() -> None:
    made = notice({"2027-01-02": False, "2027-01-09": True})
    assert calendars.changes_nothing(made) == ["2027-01-02（周六）休息。"]


def test_an_edit_counts_a_version() -> None:
    made = notice({"2026-09-10": False})
    calendars.revised(made)
    assert made.version == 2
    assert str(made) == "国务院办公厅关于部分节假日安排的通知（国办发明电〔2026〕9号）"
    assert str(made.days.get()) == "2026-09-10 休息"


def test_the_operator_hears_sixty_days_before_the_calendar_ends() -> None:
    assert calendars.alarm(at("2026-11-01")) == ""
    assert "官方放假安排只到 2026-12-31" in calendars.alarm(at("2026-11-02"))
    started("2026-10-28")
    assert calendars.furthest_open_deadline() == date(2026, 11, 11)
    assert "在办时限最远到 2026-11-11" in calendars.alarm(at("2026-11-01"))
    notice({"2027-01-01": False}, until="2027-12-31")
    assert calendars.alarm(at("2026-12-31")) == ""
