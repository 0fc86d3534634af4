"""A history that cannot have happened is refused in one sentence."""

from datetime import datetime, timedelta, timezone

import pytest

from sla.engine import BadHistory, CalendarRangeError, Moment, reckon
from tests.sla_engine.cast import national, started, when, working_days


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ([("resume", "2026-03-11")], "没有暂停，不能恢复"),
        ([("start", "2026-03-11")], "只能开始一次"),
        ([("stop", "2026-03-11"), ("pause", "2026-03-12")], "已经结束"),
        ([("cancel", "2026-03-11"), ("stop", "2026-03-12")], "已经结束"),
        ([("pause", "2026-03-08")], "第一个事件必须是开始"),
        (
            [
                ("pause", "2026-03-10"),
                ("resume", "2026-03-11"),
                ("resume", "2026-03-12"),
            ],
            "没有暂停",
        ),
    ],
)
def test_acts_out_of_order(others, sentence):
    history = started("2026-03-09", *others)
    with pytest.raises(BadHistory, match=sentence):
        reckon(working_days(5), history, national(), when("2026-04-01"))


@pytest.mark.parametrize("history", [[], [Moment(when("2026-03-09"), "pause")]])
def test_no_start(history):
    with pytest.raises(BadHistory, match="缺少开始"):
        reckon(working_days(5), history, national(), when("2026-04-01"))


def test_an_unknown_act():
    with pytest.raises(BadHistory, match="不认识的事件类型"):
        Moment(when("2026-03-09"), "breach")


def test_a_time_without_a_zone():
    naive = datetime(2026, 3, 9)  # noqa: DTZ001 -- naive on purpose
    with pytest.raises(BadHistory, match="没有时区"):
        Moment(naive, "start")
    with pytest.raises(BadHistory, match="没有时区"):
        reckon(working_days(5), started("2026-03-09"), national(), naive)


@pytest.mark.parametrize("year", [1, 1999, 2101, 9999])
def test_a_time_outside_the_calendar(year):
    far = datetime(year, 6, 1, tzinfo=timezone(timedelta(hours=-12)))
    with pytest.raises(CalendarRangeError, match="超出了日历范围"):
        Moment(far, "start")
