"""Minutes from the first report to arrival, from arrival to power: day and night."""

from datetime import timedelta

import pytest

from outages.services import repairing
from sla.models import Clock, ClockEvent
from sla.services import sweep
from sla.vocabulary import RepairStage
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import clock_of, crew, on_site, ordered, reported

ARRIVAL, RESTORE = RepairStage.ARRIVAL, RepairStage.RESTORATION


def minutes(clock: Clock) -> float:
    assert clock.due_at is not None
    return (clock.due_at - clock.started_at) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("area", "arrival", "restore"),
    [("urban", 45, 180), ("rural", 90, 240), ("remote", 120, None)],
)
def test_the_promise_follows_the_area(
    net: Grid, area: str, arrival: int, restore: int | None
) -> None:
    net.garden.area_class = area
    net.garden.save()
    order = on_site(net)
    assert minutes(clock_of(order, ARRIVAL)) == arrival
    timed = [minutes(c) for c in Clock.objects.filter(stage=RESTORE)]
    assert timed == ([restore] if restore else [])


def test_arrival_is_timed_from_the_first_report(net: Grid) -> None:
    order = ordered(net)
    reported(net, phone="13800000002", at=cast.NOW + timedelta(minutes=20))
    clock = clock_of(order, ARRIVAL)
    assert clock.started_at == cast.NOW
    assert clock.due_at == cast.NOW + timedelta(minutes=45)


def test_it_runs_across_midnight_and_the_national_holiday(net: Grid) -> None:
    late = cast.at("2026-09-30", "23:50")
    order = ordered(net, at=late)
    assert clock_of(order, ARRIVAL).due_at == cast.at("2026-10-01", "00:35")
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=late)
    repairing.arrive(order, by=cast.wang(), at=cast.at("2026-10-01", "00:30"))
    arrival = clock_of(order, ARRIVAL)
    assert (arrival.state, arrival.stopped_at) == ("met", order.arrived_at)
    assert clock_of(order, RESTORE).due_at == cast.at("2026-10-01", "03:30")


def test_another_crew_does_not_start_it_anew(net: Grid) -> None:
    order = ordered(net)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    later = cast.NOW + timedelta(minutes=30)
    repairing.redispatch(order, crew=crew("二班"), by=cast.wang(), at=later)
    assert clock_of(order, ARRIVAL).due_at == cast.NOW + timedelta(minutes=45)


def test_restoration_stops_the_second_clock(net: Grid) -> None:
    order = on_site(net)
    late = cast.NOW + timedelta(minutes=180)
    repairing.restore(order, by=cast.wang(), at=late)
    clock = clock_of(order, RESTORE)
    assert (clock.state, clock.stopped_at) == ("met", late)


def test_a_minute_later_is_missed(net: Grid) -> None:
    order = on_site(net)
    repairing.restore(order, by=cast.wang(), at=cast.NOW + timedelta(minutes=181))
    clock = clock_of(order, RESTORE)
    assert clock.state == "missed"
    assert clock.breached_at == cast.NOW + timedelta(minutes=180)


def test_what_is_no_fault_of_the_network_is_not_judged(net: Grid) -> None:
    order = on_site(net)
    repairing.dismiss(
        order,
        reason="入户开关跳闸",
        by=cast.wang(),
        at=cast.NOW + timedelta(minutes=10),
    )
    assert clock_of(order, ARRIVAL).state == "met"
    assert clock_of(order, RESTORE).state == "cancelled"


def test_a_sweeper_that_was_down_marks_the_true_moment(net: Grid) -> None:
    order = ordered(net)
    sweep.run(at=cast.NOW + timedelta(days=3))
    clock = clock_of(order, ARRIVAL)
    marks = ClockEvent.objects.filter(clock=clock).order_by("seq")
    due = cast.NOW + timedelta(minutes=45)
    assert [(m.kind, m.at) for m in marks] == [
        ("start", cast.NOW),
        ("warn", clock.warn_at),
        ("breach", due),
    ]
    assert clock.breached_at == due
    assert sweep.run(at=cast.NOW + timedelta(days=4)).breached == 0


def test_sweeping_every_minute_leaves_the_same_rows(net: Grid) -> None:
    order = ordered(net)
    for minute in range(50):
        sweep.run(at=cast.NOW + timedelta(minutes=minute))
    clock = clock_of(order, ARRIVAL)
    kinds = ClockEvent.objects.filter(clock=clock).order_by("seq")
    assert [m.kind for m in kinds] == ["start", "warn", "breach"]
    assert clock.breached_at == clock.due_at
