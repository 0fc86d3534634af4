"""A notice moves what is open, previewed first; what is closed or breached stands."""

from typing import Any

import pytest

from sla.models import CalendarDay, Clock
from sla.services import reckonings, recompute, sweep
from tests.sla.world import (
    BY,
    HANGZHOU,
    TIANJIN,
    act,
    at,
    kinds,
    ledger_of,
    notice,
    started,
)

pytestmark = pytest.mark.usefixtures("laws")
NOW = at("2026-12-29")


def test_a_deadline_past_the_last_notice_is_provisional() -> None:
    clock = started("2026-12-28")
    assert (str(clock.due_on), clock.provisional) == ("2027-01-12", True)


def test_the_preview_says_what_the_run_then_does() -> None:
    clock = started("2026-12-28")
    before = ledger_of(clock)
    notice({"2027-01-04": False}, until="2027-12-31")
    seen = recompute.preview(at=NOW)
    assert (seen.moved, seen.unchanged, seen.lifted) == (1, 0, 0)
    assert ledger_of(clock) == before
    done = recompute.run(at=NOW, by=BY)
    assert done == seen
    clock.refresh_from_db()
    assert (str(clock.due_on), clock.provisional) == ("2027-01-13", False)
    assert "1 条期限移动" in done.sentence


def test_every_move_is_one_ledger_row_with_both_dates() -> None:
    clock = started("2026-12-28")
    notice({"2027-01-04": False}, until="2027-12-31")
    recompute.run(at=NOW, by=BY)
    row = clock.events.get(kind="recompute")
    assert (row.at, row.by) == (NOW, BY)
    assert row.payload["due_at"] == [
        "2027-01-12T23:59:59.999999+08:00",
        "2027-01-13T23:59:59.999999+08:00",
    ]


def test_a_second_run_changes_nothing() -> None:
    clock = started("2026-12-28")
    notice({"2027-01-04": False}, until="2027-12-31")
    recompute.run(at=NOW, by=BY)
    again = recompute.run(at=at("2026-12-30"), by=BY)
    assert (again.moved, again.unchanged) == (0, 1)
    assert kinds(clock) == ["start", "recompute"]


def test_a_date_that_stays_becomes_definite() -> None:
    clock = started("2026-12-28")
    notice({"2027-01-01": False}, until="2027-12-31")
    plan = recompute.run(at=NOW, by=BY)
    assert (plan.moved, plan.confirmed) == (0, 1)
    clock.refresh_from_db()
    assert (clock.provisional, kinds(clock)) == (False, ["start"])


def test_a_date_whose_notice_is_withdrawn_becomes_provisional_again() -> None:
    clock = started("2026-12-28")
    withdrawn = notice({"2027-01-01": False}, until="2027-12-31")
    recompute.run(at=NOW, by=BY)
    withdrawn.days.all().delete()
    withdrawn.delete()
    plan = recompute.run(at=NOW, by=BY)
    assert (plan.moved, plan.unsettled, plan.unchanged) == (0, 1, 0)
    assert "1 条变为暂定" in plan.sentence
    clock.refresh_from_db()
    assert clock.provisional


def test_the_warning_moves_along() -> None:
    clock = started("2026-09-01")  # due 09-15, warned 09-11
    notice({"2026-09-14": False, "2026-09-15": False}, published="2026-08-20")
    recompute.run(at=at("2026-09-02"), by=BY)
    clock.refresh_from_db()
    assert str(clock.due_on) == "2026-09-17"
    sweep.run(at=at("2026-09-12"))
    assert kinds(clock) == ["start", "recompute", "warn"]


def test_a_later_date_warns_again_and_an_earlier_one_does_not() -> None:
    later, earlier = started("2026-09-01"), started("2026-09-02")
    sweep.run(at=at("2026-09-15", "00:00:01"))
    assert kinds(later) == kinds(earlier) == ["start", "warn"]
    notice({"2026-09-16": False}, published="2026-08-20", region=TIANJIN)
    recompute.run(at=at("2026-09-15"), by=BY)
    assert kinds(later) == ["start", "warn"]  # due 09-15: the 16th is past it
    earlier.refresh_from_db()
    assert str(earlier.due_on) == "2026-09-17"
    assert earlier.next_event_at == earlier.due_at


def test_closed_clocks_keep_their_judgement() -> None:
    clock = act("stop", started("2026-09-01"), "2026-09-16")
    assert clock.state == "missed"
    before = ledger_of(clock)
    notice({"2026-09-14": False}, published="2026-08-20")
    assert recompute.run(at=at("2026-09-17"), by=BY).moved == 0
    clock.refresh_from_db()
    assert (clock.state, ledger_of(clock)) == ("missed", before)


def test_a_recorded_breach_is_annotated_once_and_stands() -> None:
    clock = started("2026-09-01")
    sweep.run(at=at("2026-09-16"))
    due_at = Clock.objects.get(pk=clock.pk).due_at
    notice({"2026-09-14": False}, published="2026-08-20")
    plan = recompute.run(at=at("2026-09-16"), by=BY)
    assert (plan.lifted, plan.annotated, plan.moved) == (1, 1, 0)
    assert "1 条超期按新规则不成立" in plan.sentence
    clock.refresh_from_db()
    assert (clock.tone, clock.due_at, clock.breached_at) == ("overdue", due_at, due_at)
    assert clock.events.get(kind="annotate").payload["breach"] == "lifted"
    assert recompute.run(at=at("2026-09-16"), by=BY).annotated == 0
    assert act("stop", clock, "2026-09-16", "10:00").state == "missed"


def test_a_breach_that_would_only_be_later_is_told_apart() -> None:
    clock = started("2026-09-01")
    sweep.run(at=at("2026-09-20"))
    notice({"2026-09-14": False}, published="2026-08-20")
    plan = recompute.preview(at=at("2026-09-20"))
    assert (plan.lifted, plan.annotated) == (0, 1)
    assert plan.changes[0].what_label == "超期日期有变（加注）"
    assert "1 条超期日期有变（加注），0 条不变。" in plan.sentence
    assert kinds(clock) == ["start", "warn", "breach"]


def test_a_breach_whose_date_stays_is_left_alone() -> None:
    clock = started("2026-09-01")
    sweep.run(at=at("2026-09-20"))
    notice({"2026-11-02": False}, published="2026-08-20")
    assert recompute.run(at=at("2026-09-20"), by=BY).annotated == 0
    assert kinds(clock) == ["start", "warn", "breach"]


def test_what_came_due_before_is_marked_before_anything_moves() -> None:
    clock = started("2026-09-01")  # nobody swept since
    notice({"2026-09-14": False}, published="2026-08-20")
    assert recompute.run(at=at("2026-09-16"), by=BY).lifted == 1
    assert kinds(clock) == ["start", "warn", "breach", "annotate"]


def test_a_paused_clock_goes_on_by_the_new_calendar() -> None:
    clock = act("pause", started("2026-12-28"), "2026-12-30")
    notice({"2027-01-04": False}, until="2027-12-31")
    plan = recompute.run(at=at("2026-12-31"), by=BY)
    assert (plan.moved, plan.confirmed) == (0, 0)
    assert kinds(clock) == ["start", "pause"]
    act("resume", clock, "2026-12-31")  # 2 used, 8 left, the 4th is off
    assert str(clock.due_on) == "2027-01-14"


def test_a_local_notice_moves_its_own_region_only() -> None:
    here, there = started("2026-09-01"), started("2026-09-01", region=HANGZHOU)
    notice({"2026-09-10": False}, published="2026-08-20", region=TIANJIN)
    assert recompute.run(at=at("2026-09-02"), by=BY).moved == 1
    for clock in (here, there):
        clock.refresh_from_db()
    assert (str(here.due_on), str(there.due_on)) == ("2026-09-16", "2026-09-15")


def test_a_row_changed_behind_our_back_is_seen() -> None:
    clock = started("2026-09-01")
    made = notice({"2026-09-10": False}, published="2026-08-20")
    recompute.run(at=at("2026-09-02"), by=BY)
    CalendarDay.objects.filter(notice=made).update(date="2026-09-19")
    recompute.run(at=at("2026-09-03"), by=BY)
    clock.refresh_from_db()
    assert str(clock.due_on) == "2026-09-15"
    assert kinds(clock) == ["start", "recompute", "recompute"]


def test_a_run_that_was_killed_is_simply_run_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clocks = [started("2026-12-28") for _ in range(4)]
    notice({"2027-01-04": False}, until="2027-12-31")
    monkeypatch.setattr(recompute, "BATCH", 2)
    real, calls = recompute._run_batch, []

    def killed(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(recompute, "_run_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        recompute.run(at=NOW, by=BY)
    monkeypatch.setattr(recompute, "_run_batch", real)
    assert recompute.run(at=NOW, by=BY).moved == 2
    assert [kinds(clock) for clock in clocks] == [["start", "recompute"]] * 4


def test_a_closed_clock_is_explained_by_the_calendar_of_its_day() -> None:
    clock = act("stop", started("2026-09-01"), "2026-09-16")
    notice({"2026-09-14": False}, published="2026-08-20")
    told = reckonings.explain(clock, at("2026-12-01"))
    assert told["ledger"][-1]["date"] == clock.due_on


def test_the_plan_names_no_more_changes_than_people_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recompute, "SHOWN", 1)
    for _ in range(3):
        started("2026-12-28")
    notice({"2027-01-04": False}, until="2027-12-31")
    plan = recompute.preview(at=NOW)
    assert (plan.moved, len(plan.changes)) == (3, 1)
    change = plan.changes[0]
    assert (change.stage_label, change.level_label) == ("供电方案答复", "国家时限")


def test_untouched_clocks_cost_one_look_per_batch(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(6):
        started("2026-09-01")
    with django_assert_max_num_queries(4):
        assert recompute.run(at=at("2026-09-02"), by=BY).unchanged == 6
