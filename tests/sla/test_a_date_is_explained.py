"""Why this day: limit and source, each date with its verdict, pauses, one sentence."""

from datetime import date

import pytest

from sla.models import Clock, PolicyLimit
from sla.services import reckonings
from tests.sla.world import HANGZHOU, act, at, number, started

pytestmark = pytest.mark.usefixtures("laws")
NOW = at("2026-10-12", "12:00")


def test_limit_source_and_every_date() -> None:
    told = reckonings.explain(started("2026-09-30"), NOW)
    assert told["sentence"] == (
        "2026年9月30日（周三）当日不计，10个工作日止于2026年10月20日（周二），"
        "其间周末和节假日10天不计。"
    )
    assert told["limit"]["label"] == "10个工作日"
    assert told["source"]["clause"] == "附件2"
    assert (told["used"], told["remaining"], told["tone"]) == (4, 6, "normal")
    days = {entry["date"]: entry for entry in told["ledger"]}
    assert len(days) == 20
    assert days[date(2026, 10, 1)]["verdict"] == "法定节假日"
    assert days[date(2026, 10, 10)]["verdict"] == "调休上班"
    assert days[date(2026, 10, 10)] | {"note": ""} == {
        "date": date(2026, 10, 10),
        "weekday": "周六",
        "verdict": "调休上班",
        "counted": True,
        "note": "",
    }
    assert [event["label"] for event in told["events"]] == ["开始计时"]


def test_a_pause_is_named() -> None:
    clock = started("2026-09-01")
    act("pause", clock, "2026-09-03", reason="等待补正")
    told = reckonings.explain(clock, at("2026-09-07"))
    assert told["due_on"] is None
    assert "现在暂停，恢复后重新推算" in told["sentence"]
    act("resume", clock, "2026-09-08")
    told = reckonings.explain(clock, at("2026-09-09"))
    assert told["pauses"] == [
        {"from": date(2026, 9, 3), "to": date(2026, 9, 8), "reason": "等待补正"}
    ]
    assert "暂停5天不计" in told["sentence"]


def test_a_provisional_date_says_so() -> None:
    told = reckonings.explain(started("2026-12-28"), at("2026-12-28", "10:00"))
    assert told["provisional"]
    assert told["sentence"].endswith("放假安排尚未公布，日期暂定。")


def test_calendar_days_leave_nothing_out() -> None:
    started("2026-09-01", region=HANGZHOU, user_type="three_zero", stage="total")
    reference = number()
    started(
        "2026-09-01",
        region=HANGZHOU,
        user_type="three_zero",
        stage="total",
        reference=reference,
    )
    told = {
        clock.level: reckonings.explain(clock, at("2026-09-02"))
        for clock in Clock.objects.of(reference)
    }
    assert told["promise"]["sentence"] == (
        "2026年9月1日（周二）当日不计，8日止于2026年9月9日（周三）。"
    )
    assert told["promise"]["limit"]["measure_label"] == "全过程办电时间"


def test_a_sum_of_steps_says_so_and_needs_no_policy() -> None:
    clock = started("2026-09-01", user_type="", stage="total", kind="total", limit=17)
    told = reckonings.explain(clock, at("2026-09-02"))
    assert (told["source"], told["limit"]["summed"]) == (None, True)


def test_minutes_run_around_the_clock() -> None:
    PolicyLimit.objects.filter(
        policy__key="tianjin-2025", user_type="low_voltage", stage="acceptance"
    ).update(unit="minute", value=45)
    clock = started("2026-09-05", "23:50", user_type="low_voltage", stage="acceptance")
    assert clock.due_at == at("2026-09-06", "00:35")
    told = reckonings.explain(clock, at("2026-09-06", "00:00"))
    assert told["sentence"] == "自2026年9月5日（周六）起算，时限45分钟，昼夜连续计算。"
    assert told["ledger"] == []


def test_the_reckoning_is_the_ledger_replayed() -> None:
    clock = act("stop", started("2026-09-30"), "2026-10-12")
    result = reckonings.of(clock, NOW)
    assert (result.state, result.used, result.due_on) == (
        "met",
        4,
        date(2026, 10, 20),
    )


def test_a_breach_stays_a_breach() -> None:
    clock = act("stop", started("2026-09-30"), "2026-11-02")
    told = reckonings.explain(clock, NOW, events=clock.events.order_by("seq"))
    assert (told["overdue"], told["state"]) == (True, "missed")
