"""Rows say how they look and which of them is meant, without asking the time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from sla.models import CalendarDay, CalendarNotice, Clock, Policy, PolicyLimit, Region
from sla.services import sweep
from tests.sla.world import act, at, started

pytestmark = pytest.mark.usefixtures("laws")


def test_its_tone_follows_the_hours() -> None:
    clock = started("2026-09-01")  # warned from 09-11, due 09-15
    for day, time, tone in (
        ("2026-09-02", "09:00", "normal"),
        ("2026-09-11", "00:00", "warning"),
        ("2026-09-15", "00:00", "due_today"),
        ("2026-09-16", "00:00", "overdue"),
    ):
        assert clock.tone_at(at(day, time)) == tone


def test_its_recorded_tone_follows_the_marks() -> None:
    clock = started("2026-09-01")
    tones = [clock.tone]
    for day in ("2026-09-12", "2026-09-16"):
        sweep.run(at=at(day))
        clock.refresh_from_db()
        tones.append(clock.tone)
    assert tones == ["normal", "warning", "overdue"]
    assert act("stop", clock, "2026-09-17").tone == "missed"
    assert clock.tone_at(at("2026-09-18")) == "missed"


def test_questions_about_many() -> None:
    running, paused = started("2026-09-01"), started("2026-09-01")
    act("pause", paused, "2026-09-02")
    closed = act("stop", started("2026-09-01"), "2026-09-02")
    clocks = Clock.objects.order_by("pk")
    assert list(clocks.open()) == [running, paused]
    assert list(clocks.running()) == [running]
    assert list(clocks.due_on(date(2026, 9, 15))) == [running]
    assert list(clocks.due_on(date(2026, 9, 14))) == []
    assert list(clocks.overdue(at("2026-09-16"))) == [running]
    assert list(clocks.overdue(at("2026-09-15", "23:59"))) == []
    assert list(clocks.of(closed.reference)) == [closed]
    assert (running.is_open, closed.is_open) == (True, False)
    assert str(running) == f"{running.reference} 供电方案答复"
    assert str(running.events.get()).startswith("开始计时 2026-09-01")


def test_a_region_is_not_its_own_superior() -> None:
    city = Region.objects.get(pk="120000")
    city.full_clean()
    city.parent = Region.objects.get(pk="120101")
    with pytest.raises(ValidationError, match="上级不能是自己"):
        city.full_clean()


def test_dates_the_calendar_cannot_hold_are_refused() -> None:
    held = CalendarNotice(covered_until=date(1949, 10, 1))
    with pytest.raises(ValidationError, match="2000 年至 2100 年"):
        held.clean()
    CalendarNotice(covered_until=date(2027, 12, 31)).clean()
    with pytest.raises(ValidationError, match="2000 年至 2100 年"):
        CalendarDay(date=date(2222, 1, 1)).clean()
    CalendarDay(date=date(2027, 1, 1)).clean()


def test_a_limit_nobody_can_have_meant_is_refused() -> None:
    with pytest.raises(ValidationError, match="超过一年"):
        PolicyLimit(value=300, unit="working_day").clean()
    limit = PolicyLimit.objects.filter(stage="plan_reply").first()
    assert limit is not None
    limit.clean()
    assert str(limit).endswith("工作日")
    assert str(limit.policy) == limit.policy.title


def test_a_period_in_the_wrong_order_is_refused() -> None:
    policy = Policy.objects.get(key="tianjin-2025")
    policy.valid_to = date(2020, 1, 1)
    with pytest.raises(ValidationError, match="失效日期早于生效日期"):
        policy.full_clean()
