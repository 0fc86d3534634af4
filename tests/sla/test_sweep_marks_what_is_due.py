"""The sweep marks warnings and breaches once, at their true moments, however late."""

import random
from datetime import timedelta
from typing import Any

import pytest

from sla.models import Clock, ClockEvent
from sla.services import clocks, sweep
from sla.services.sweep import SweepResult
from tests.sla.world import BY, act, at, kinds, ledger_of, number, started

pytestmark = pytest.mark.usefixtures("laws")


def test_a_warning_comes_when_eighty_per_cent_are_used() -> None:
    clock = started("2026-09-30")  # 10 days; the 8th is 2026-10-16
    assert sweep.run(at=at("2026-10-16", "00:00:00")).warned == 0
    assert sweep.run(at=at("2026-10-16", "00:00:01")) == SweepResult(1, 0, 1)
    clock.refresh_from_db()
    warning = clock.events.get(kind="warn")
    assert warning.at == at("2026-10-16", "00:00:00")
    assert (clock.tone, clock.next_event_at) == ("warning", clock.due_at)


def test_a_breach_comes_after_the_last_moment_of_the_due_day() -> None:
    clock = started("2026-09-30")
    assert clock.due_at is not None
    sweep.run(at=clock.due_at)
    assert kinds(clock) == ["start", "warn"]
    assert sweep.run(at=clock.due_at + timedelta(microseconds=1)).breached == 1
    clock.refresh_from_db()
    assert (clock.breached_at, clock.tone) == (clock.due_at, "overdue")
    assert clock.next_event_at is None
    assert clock.events.get(kind="breach").at == clock.due_at


def test_after_weeks_without_a_sweep_the_true_moments_are_caught_up() -> None:
    clock = started("2026-09-30")
    assert sweep.run(at=at("2026-12-31")) == SweepResult(1, 1, 2)
    assert [(row[1], row[2]) for row in ledger_of(clock)] == [
        ("start", at("2026-09-30")),
        ("warn", clock.warn_at),
        ("breach", clock.due_at),
    ]


def test_sweeping_again_changes_nothing() -> None:
    clock = started("2026-09-30")
    sweep.run(at=at("2026-12-31"))
    before = ledger_of(clock)
    assert sweep.run(at=at("2027-12-31")) == SweepResult(0, 0, 0)
    assert ledger_of(clock) == before


def test_paused_and_closed_clocks_are_left_alone() -> None:
    act("pause", started("2026-09-01"), "2026-09-02")
    act("stop", started("2026-09-01"), "2026-09-02")
    assert sweep.run(at=at("2027-12-31")).batches == 0


def test_more_than_a_batch_is_taken_in_batches() -> None:
    for _ in range(5):
        started("2026-09-30")
    assert sweep.run(at=at("2026-10-17"), batch=2) == SweepResult(5, 0, 3)


def test_a_batch_costs_the_same_whatever_its_size(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(8):
        started("2026-09-30")
    with django_assert_max_num_queries(10):  # savepoints of the test included
        sweep.run(at=at("2026-10-17"))


def test_a_stop_settles_what_the_sweep_has_not_seen() -> None:
    swept, unswept = started("2026-09-30"), started("2026-09-30")
    sweep.run(at=at("2026-10-17"))
    for clock in (swept, unswept):
        act("stop", clock, "2026-10-21")
    assert ledger_of(swept) == ledger_of(unswept)
    assert swept.state == unswept.state == "missed"


def history(seed: int) -> list[tuple[str, int]]:
    """Return a random life of a clock: acts with the hours at which they happen."""
    chance = random.Random(seed)
    hour, acts, depth = 0, [], 0
    for _ in range(chance.randint(0, 6)):
        hour += chance.choice([1, 5, 30, 80, 200, 500])
        verb = chance.choice(["pause", "resume"] if depth else ["pause"])
        depth += 1 if verb == "pause" else -1
        acts.append((verb, hour))
    if chance.random() < 0.7:
        acts.append(
            (chance.choice(["stop", "cancel"]), hour + chance.choice([1, 90, 900]))
        )
    return acts


def live(acts: list[tuple[str, int]], step: int | None) -> Clock:
    """Live through a history, sweeping every so many hours, or never until the end."""
    start, end = at("2026-09-08"), 24 * 120
    reference = number()
    clock = clocks.start(
        kind="stage",
        reference=reference,
        region="120101",
        user_type="high_voltage_single",
        stage="plan_reply",
        at=start,
        by=BY,
    )[0]
    sweeps = [("sweep", hour) for hour in range(step, end, step)] if step else []
    for verb, hour in sorted([*acts, *sweeps], key=lambda item: item[1]):
        moment = start + timedelta(hours=hour)
        if verb == "sweep":
            sweep.run(at=moment)
        else:
            more = {"reason": "等待客户"} if verb == "pause" else {}
            getattr(clocks, verb)(reference=reference, at=moment, by=BY, **more)
    sweep.run(at=start + timedelta(hours=end))
    clock.refresh_from_db()
    return clock


SHOWN = ("state", "due_at", "breached_at", "next_event_at", "stopped_at", "last_seq")


@pytest.mark.parametrize("seed", range(25))
def test_a_sweeper_that_was_down_leaves_the_same_rows(seed: int) -> None:
    acts = history(seed)
    always, never = live(acts, 7), live(acts, None)
    assert ledger_of(always) == ledger_of(never)
    assert [getattr(always, f) for f in SHOWN] == [getattr(never, f) for f in SHOWN]


def test_nobody_is_warned_twice_of_one_moment() -> None:
    clock = started("2026-09-30")
    sweep.run(at=at("2026-12-31"))
    act("mark_exempt", clock, "2027-01-04", reason="改造")
    sweep.run(at=at("2027-02-01"))
    assert ClockEvent.objects.filter(clock=clock, kind="warn").count() == 1


def test_a_stop_that_waited_for_the_lock_too_long_finds_the_breach_standing() -> None:
    clock = started("2026-09-01")
    sweep.run(at=at("2026-09-16", "00:00:01"))
    act("stop", clock, "2026-09-15", "23:59:59")
    assert (clock.state, clock.breached_at) == ("missed", clock.due_at)
    assert kinds(clock) == ["start", "warn", "breach", "stop"]
