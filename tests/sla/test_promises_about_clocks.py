"""What the services write keeps every promise of this floor; faults are named."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import F

from sla.models import CalendarEdition, Clock, ClockEvent, Policy, PolicyLimit
from sla.services import calendars, invariants, recompute, sweep
from tests.sla.world import BY, JINING, act, at, notice, started

pytestmark = pytest.mark.usefixtures("laws")
NOW = at("2026-12-30")


def broken() -> dict[str, list[str]]:
    """Return the promises that do not hold."""
    return {i.name: i.broken for i in invariants.invariants(NOW) if i.broken}


def a_busy_world() -> Clock:
    """Let clocks live through everything; return one that was breached."""
    breached = started("2026-09-01", region=JINING)
    act("pause", started("2026-09-01"), "2026-09-03")
    act("resume", act("pause", started("2026-09-01"), "2026-09-03"), "2026-09-09")
    act("stop", started("2026-09-01"), "2026-09-03")
    act("cancel", started("2026-09-01"), "2026-09-03")
    closed = act("stop", started("2026-09-01"), "2026-11-03")
    assert closed.state == "missed"
    started("2026-12-28")
    sweep.run(at=at("2026-12-29"))
    notice({"2026-09-14": False, "2027-01-04": False}, until="2027-12-31")
    recompute.run(at=at("2026-12-29"), by=BY)
    breached.refresh_from_db()
    return breached


def test_they_hold_for_what_the_services_write() -> None:
    a_busy_world()
    assert broken() == {}


def test_they_are_the_same_count_and_each_says_what_it_promises() -> None:
    found = list(invariants.invariants(NOW))
    assert len({i.name for i in found}) == len(found) == 8
    assert all(i.promise for i in found)


def unlocked(change: Callable[[], object]) -> None:
    """Do to the ledger what only somebody at the database itself could do."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            # Pending checks of foreign keys would be in the way of ALTER TABLE.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE sla_clockevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER sla_clockevent_append_only")
    change()


def test_a_missing_row_is_found() -> None:
    clock = a_busy_world()
    unlocked(ClockEvent.objects.filter(clock=clock, kind="warn").delete)
    assert broken()["clock-ledger"] == [
        f"{clock.reference} plan_reply：有 3 条记录，应为 4 条"
    ]


def test_a_start_that_is_not_the_first_row_is_found() -> None:
    clock = started("2026-12-01")
    rows = ClockEvent.objects.filter(clock=clock)
    unlocked(lambda: rows.update(kind="pause"))
    found = broken()
    assert found["clock-start"] == [str(clock)]
    assert "缺少开始" in found["clock-cache"][0]


def test_a_due_date_that_was_tampered_with_is_found() -> None:
    clock = started("2026-12-01")
    Clock.objects.filter(pk=clock.pk).update(due_at=at("2026-12-25"))
    assert "due_at 显示 2026-12-25" in broken()["clock-cache"][0]


def test_a_breach_nobody_recorded_is_found() -> None:
    clock = started("2026-12-01")
    Clock.objects.filter(pk=clock.pk).update(
        breached_at=F("due_at"), next_event_at=None
    )
    found = broken()
    assert found["clock-breach"] == [f"{clock}：没有超期记录"]


def test_a_breach_at_another_moment_is_found() -> None:
    clock = a_busy_world()
    breach = ClockEvent.objects.filter(clock=clock, kind="breach")
    unlocked(lambda: breach.update(at=at("2026-09-25")))
    assert len(broken()["clock-breach"]) == 1


def test_a_row_after_the_end_is_found() -> None:
    clock = act("stop", started("2026-12-01"), "2026-12-02")
    ClockEvent.objects.create(
        clock=clock, seq=3, at=at("2026-12-03"), kind="pause", by=BY
    )
    Clock.objects.filter(pk=clock.pk).update(last_seq=3)
    found = broken()
    assert len(found["clock-end"]) == 1
    assert "计时已经结束" in found["clock-cache"][0]


def test_lost_rules_are_found() -> None:
    notice({"2026-12-24": False})
    clock = started("2026-12-01")
    assert broken() == {}
    CalendarEdition.objects.all().delete()
    calendars.edition.cache_clear()
    assert f"找不到日历版本 {clock.calendar_version}" in broken()["clock-cache"][0]


def test_a_total_that_is_not_the_sum_is_found() -> None:
    PolicyLimit.objects.filter(
        policy__key="tianjin-2025", user_type="low_voltage", stage="plan_reply"
    ).update(value=2)
    assert broken()["policy-sum"] == [
        "低压（未实行三零）：各环节之和 5，与合计 6 不符。"
    ]


def test_two_policies_for_the_same_time_are_found() -> None:
    Policy.objects.filter(key="national-2023").update(valid_to=None)
    assert len(broken()["policy-period"]) > 10


def test_a_start_that_was_moved_on_the_clock_alone_is_found() -> None:
    clock = started("2026-12-01")
    Clock.objects.filter(pk=clock.pk).update(started_at=at("2026-11-20"))
    assert "started_at 显示 2026-11-20" in broken()["clock-cache"][0]


def test_a_clock_that_was_quietly_called_limited_is_found() -> None:
    clock = started("2026-12-01")
    Clock.objects.filter(pk=clock.pk).update(exempt_reported=True)
    assert "exempt_reported 显示 True，应为 False" in broken()["clock-cache"][0]


def test_a_clock_with_another_limits_basis_is_found() -> None:
    clock = started("2026-12-01")
    other = PolicyLimit.objects.exclude(stage=clock.stage).first()
    Clock.objects.filter(pk=clock.pk).update(policy_limit=other)
    assert broken()["clock-basis"] == [str(clock)]


def test_a_row_that_says_nothing_is_named_and_breaks_nothing() -> None:
    clock = started("2026-12-01")
    unlocked(lambda: ClockEvent.objects.filter(clock=clock).update(payload=5))
    assert "记录读不懂" in broken()["clock-cache"][0]
