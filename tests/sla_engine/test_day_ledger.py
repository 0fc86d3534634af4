"""The ledger says of every date between start and due why it counts or not."""

from sla.engine import DayRule, reckon
from tests.sla_engine.cast import day, national, started, when, working_days


def test_it_covers_every_date_after_the_start_up_to_the_due_day():
    history = started("2026-09-30")
    result = reckon(working_days(10), history, national(), when("2026-10-01"))
    assert result.ledger[0].date == day("2026-10-01")
    assert result.ledger[-1].date == day("2026-10-20")
    assert len(result.ledger) == 20
    assert sum(entry.counted for entry in result.ledger) == 10
    assert result.ledger is result.ledger  # made once


def test_each_entry_has_its_verdict_and_its_ground():
    history = started(
        "2026-09-30", ("pause", "2026-10-12", "等待客户"), ("resume", "2026-10-13")
    )
    rows = [DayRule(day("2026-10-14"), False, "天津市通告", "运动会开幕")]
    calendar = national().with_rules(rows)
    result = reckon(working_days(5), history, calendar, when("2026-10-13"))
    notice = "国务院办公厅关于2026年部分节假日安排的通知"
    told = {
        str(entry.date): (entry.verdict, entry.counted, entry.note)
        for entry in result.ledger
    }
    assert told["2026-10-01"] == ("法定节假日", False, f"国庆节 · {notice}")
    assert told["2026-10-04"] == ("周末", False, "")
    assert told["2026-10-08"] == ("工作日", True, "")
    make_up = f"国庆节（与2026-10-07调休） · {notice}"
    assert told["2026-10-10"] == ("调休上班", True, make_up)
    assert told["2026-10-12"] == ("工作日", True, "")  # the day of the pause
    assert told["2026-10-13"] == ("暂停", False, "等待客户")  # the day it resumed
    assert told["2026-10-14"] == ("法定节假日", False, "运动会开幕 · 天津市通告")
    assert str(result.due_on) == list(told)[-1] == "2026-10-15"


def test_while_paused_it_ends_today():
    history = started("2026-03-09", ("pause", "2026-03-11", "缺材料"))
    result = reckon(working_days(5), history, national(), when("2026-03-16"))
    assert [entry.verdict for entry in result.ledger] == ["工作日"] * 2 + ["暂停"] * 5
    assert sum(entry.counted for entry in result.ledger) == result.used == 2


def test_paused_after_the_due_day_it_ends_today_too():
    history = started("2026-03-09", ("pause", "2026-03-17"))
    result = reckon(working_days(5), history, national(), when("2026-03-19"))
    assert result.ledger[-1].date == day("2026-03-19")


def test_once_stopped_it_still_reaches_to_the_due_day():
    for stopped in ("2026-03-11", "2026-03-20"):
        history = started("2026-03-09", ("stop", stopped))
        result = reckon(working_days(5), history, national(), when("2026-04-01"))
        assert result.ledger[-1].date == day("2026-03-16")
        assert sum(entry.counted for entry in result.ledger) == 5
