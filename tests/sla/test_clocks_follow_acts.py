"""A clock starts, stands still, runs on and ends; each act is one row of its ledger."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from sla.engine import Unreckonable
from sla.models import Clock, Region
from sla.services import clocks
from sla.services.clocks import ClockRefused
from tests.sla.world import BY, HEPING, JINING, TIANJIN, act, at, kinds, number, started

pytestmark = pytest.mark.usefixtures("laws")


def test_it_starts_with_the_limit_of_the_policy_and_its_due_day() -> None:
    clock = started("2026-09-30")
    assert (clock.limit_value, clock.limit_unit) == (10, "working_day")
    assert str(clock.due_on) == "2026-10-20"  # FACTS §5
    assert clock.policy_limit is not None
    assert clock.policy_limit.policy.key == "tianjin-2025"
    assert (clock.state, clock.tone, clock.provisional) == ("running", "normal", False)
    assert kinds(clock) == ["start"]


def test_one_clock_runs_per_level_in_force() -> None:
    reference = number()
    opened = clocks.start(
        kind="stage",
        reference=reference,
        region=Region.objects.get(pk=JINING),
        user_type="high_voltage_single",
        stage="plan_reply",
        at=at("2026-09-01"),
        by=BY,
    )
    assert [(c.level, c.limit_value) for c in opened] == [
        ("national", 10),
        ("promise", 2),
    ]
    assert Clock.objects.of(reference).national().count() == 1


def test_none_starts_where_no_limit_exists() -> None:
    assert (
        clocks.start(
            kind="stage",
            reference=number(),
            region=HEPING,
            user_type="low_voltage",
            stage="design_review",
            at=at("2026-09-01"),
            by=BY,
        )
        == []
    )


def test_none_starts_before_the_first_policy() -> None:
    with pytest.raises(IndexError):
        started("2019-09-02")


def test_a_sum_of_steps_replaces_the_national_limit_only() -> None:
    reference = number()
    opened = clocks.start(
        kind="total",
        reference=reference,
        region=JINING,
        user_type="high_voltage_single",
        stage="total",
        at=at("2026-09-01"),
        by=BY,
        limit=17,
    )
    told = [(c.level, c.limit_value, c.limit_summed) for c in opened]
    assert told == [("national", 17, True), ("promise", 7, False)]


def test_a_limit_of_its_own_needs_no_policy() -> None:
    clock = started(kind="complaint", stage="acceptance", user_type="", limit=5)
    assert (clock.policy_limit, clock.limit_value) == (None, 5)
    assert clock.level == "national"


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(Unreckonable, match="没有代码为 999999 的地区"):
        started(region="999999")


def test_the_same_round_starts_once() -> None:
    clock = started(reference="BD1")
    told = "BD1 的“供电方案答复”第 1 次计时已经开始"
    with pytest.raises(ClockRefused, match=told), transaction.atomic():
        started(reference="BD1")
    assert clocks.next_round(reference="BD1", kind="stage", stage="plan_reply") == 2
    assert started(reference="BD1", round=2).round == 2
    assert Clock.objects.of(clock.reference).count() == 2


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(Unreckonable, match="没有时区"):
        clocks.start(
            kind="stage",
            reference=number(),
            region=TIANJIN,
            user_type="low_voltage",
            stage="plan_reply",
            at=datetime(2026, 9, 1, 9),  # noqa: DTZ001
            by=BY,
        )


def test_a_pause_stops_the_days_and_a_resume_gives_the_rest() -> None:
    clock = started("2026-09-01")
    act("pause", clock, "2026-09-04")
    assert (clock.state, clock.due_at, clock.tone) == ("paused", None, "paused")
    assert clock.paused_at == at("2026-09-04")
    assert clock.next_event_at is None
    act("resume", clock, "2026-09-18")  # 3 of 10 used; 7 left
    assert clock.paused_at is None
    assert str(clock.due_on) == "2026-09-29"


def test_overlapping_pauses_merge() -> None:
    clock = started("2026-09-01")
    act("pause", clock, "2026-09-04")
    act("pause", clock, "2026-09-07", reason="等待审批")
    assert act("resume", clock, "2026-09-08").state == "paused"
    assert clock.paused_at == at("2026-09-04")
    assert act("resume", clock, "2026-09-09").state == "running"


def test_a_second_pause_counts_from_its_own_moment() -> None:
    clock = started("2026-09-01")
    act("pause", clock, "2026-09-02")
    act("resume", clock, "2026-09-03")
    act("pause", clock, "2026-09-07")
    assert clock.paused_at == at("2026-09-07")


def test_resuming_leaves_running_clocks_alone() -> None:
    clock = started("2026-09-01")
    assert kinds(act("resume", clock, "2026-09-02")) == ["start"]


def test_acts_reach_the_stages_and_kinds_they_name() -> None:
    reference = number()
    stage = started(reference=reference)
    total = started(reference=reference, kind="total", stage="total")
    act("pause", stage, "2026-09-02", kinds=["total"])
    total.refresh_from_db()
    assert (stage.state, total.state) == ("running", "paused")
    act("stop", stage, "2026-09-03", stages=["plan_reply"])
    total.refresh_from_db()
    assert (stage.state, total.state) == ("met", "paused")


def test_it_is_met_at_the_last_moment_and_missed_after() -> None:
    assert act("stop", started("2026-09-30"), "2026-10-20", "23:59:59").state == "met"
    assert (
        act("stop", started("2026-09-30"), "2026-10-21", "00:00:00").state == "missed"
    )


def test_a_closed_clock_hears_no_more() -> None:
    clock = act("stop", started("2026-09-01"), "2026-09-02")
    before = kinds(clock)
    for verb in ("pause", "resume", "stop", "cancel"):
        assert kinds(act(verb, clock, "2026-09-03")) == before


def test_a_cancelled_clock_is_not_judged() -> None:
    clock = act("cancel", started("2026-09-01"), "2026-12-01")
    assert (clock.state, clock.stopped_at) == ("cancelled", at("2026-12-01"))


def test_another_server_may_be_a_little_ahead() -> None:
    clock = act("pause", started("2026-09-01"), "2026-09-02", "09:00:30")
    act("resume", clock, "2026-09-02", "09:00:00")
    last = clock.events.order_by("-seq")[0]
    assert (last.kind, last.at) == ("resume", at("2026-09-02", "09:00:30"))


def test_an_act_before_the_last_one_is_refused() -> None:
    clock = act("pause", started("2026-09-01"), "2026-09-02")
    with pytest.raises(ClockRefused, match="2026-09-01 10:00 早于上一条记录"):
        act("resume", clock, "2026-09-01", "10:00")


def test_waiting_for_the_grid_is_a_flag_and_the_clock_goes_on() -> None:
    clock = started("2026-09-01")
    act("mark_exempt", clock, "2026-09-02", reason="10千伏线路改造")
    assert (clock.exempt_reported, clock.state) == (True, "running")
    act("mark_exempt", clock, "2026-09-03", reason="再次")
    assert kinds(clock) == ["start", "annotate"]
    act("mark_exempt", clock, "2026-09-04", reason="改造完成", exempt=False)
    assert not clock.exempt_reported


def test_many_clocks_cost_no_more_queries(django_assert_max_num_queries: Any) -> None:
    reference = number()
    for stage in ("acceptance", "plan_reply", "design_review", "connection", "total"):
        started(reference=reference, stage=stage)
    with django_assert_max_num_queries(6):
        clocks.pause(reference=reference, at=at("2026-09-01"), by=BY, reason="等待")
