"""Every figure of the board equals a loop over replayed ledgers."""

from datetime import datetime

import pytest

from applications.models import Application
from portal.supervision.scope import Basis, Scope
from portal.supervision.selectors import cases, clocks, overview
from sla.services.statistics import Figures
from tests import cast
from tests.supervision import recount, world

pytestmark = pytest.mark.usefixtures("city")

MOMENTS = [
    world.NOW,
    cast.at("2026-08-14", "23:59"),
    cast.at("2026-07-31", "23:59"),
    cast.at("2026-07-16", "12:00"),
]
BEGINNINGS = [None, "2026-07-01", "2026-08-01"]


NAMES = ("met", "missed", "overdue", "due_today", "paused", "exempt_open", "normal")


def counted(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in NAMES}


@pytest.mark.parametrize("until", MOMENTS, ids=str)
@pytest.mark.parametrize("basis", Basis)
def test_each_measure_in_total_and_by_group(basis: Basis, until: datetime) -> None:
    for since in BEGINNINGS:
        if since is None or cast.at(since) < until:
            agrees(world.scope(since, until), basis)


def agrees(asked: Scope, basis: Basis) -> None:
    """Compare one measure, and each line of its breakdowns, with the loop."""
    page = overview.read(asked, basis=basis)
    rate = page.rates[list(Basis).index(basis)]
    told = recount.clocks(asked.at, asked.since, basis=basis.value)
    assert counted(rate.figures) == {name: told[name] for name in NAMES}
    for table in page.breakdowns:
        for line in table.lines:
            group = {table.field: line.key, "basis": basis.value}
            part = recount.clocks(asked.at, asked.since, **group)
            assert counted(line.figures) == {name: part[name] for name in NAMES}, line
        assert table.total == rate.figures


@pytest.mark.parametrize("until", MOMENTS, ids=str)
def test_cases_in_hand_stand_in_one_bucket_each(until: datetime) -> None:
    told = recount.in_hand(until)
    hand = cases.counts(world.scope(until=until))
    assert hand.total == sum(told.values())
    assert (hand.exempt, hand.overdue, hand.due_today, hand.paused, hand.normal) == (
        told["exempt_open"],
        told["overdue"],
        told["due_today"],
        told["paused"],
        told["normal"],
    )


def test_the_city_knows_every_bucket(city: dict[str, Application]) -> None:
    """Otherwise the comparisons above would say little."""
    stages = recount.clocks(world.NOW, None, basis="stage")
    assert {"met", "missed", "overdue", "paused", "exempt_open"} <= set(stages)
    hand = cases.counts(world.scope())
    assert 0 not in (
        hand.exempt,
        hand.overdue,
        hand.due_today,
        hand.paused,
        hand.normal,
    )
    assert 0 not in (hand.government, hand.customer, hand.paused_late)
    assert len(city) == 16


def test_days_are_those_the_engine_counts() -> None:
    asked = world.scope()
    for basis in Basis:
        told = sorted(
            reckoning.used
            for clock, reckoning in recount.replayed(asked.at)
            if recount.basis_of(clock) == basis
            and not clock.exempt_reported
            and reckoning.state in {"met", "missed"}
        )
        spread = clocks.spread_of(clocks.taken(asked), basis)
        assert spread is not None
        assert spread.number == len(told)
        assert spread.mean == pytest.approx(sum(told) / len(told))
        assert sum(days <= spread.p90 for days in told) >= 0.9 * len(told)


def test_the_two_measures_of_a_whole_never_meet() -> None:
    counted_clocks = clocks.table(world.scope())
    types = {
        basis: {keys[2] for keys in counted_clocks if keys[0] == basis}
        for basis in ("whole", "steps")
    }
    assert types["whole"] <= {"three_zero", "three_zero_line"}
    assert not types["whole"] & types["steps"]


def test_districts_and_user_types_narrow_every_figure() -> None:
    everything = overview.read(world.scope(), basis=Basis.STAGE)
    parts = [
        overview.read(world.scope(district=code), basis=Basis.STAGE)
        for code in (cast.HEXI, cast.HEPING)
    ]
    for index in range(len(Basis)):
        total = everything.rates[index].figures
        assert total == parts[0].rates[index].figures + parts[1].rates[index].figures
    assert everything.in_hand.total == sum(part.in_hand.total for part in parts)


def test_a_scope_is_of_one_viewer() -> None:
    assert Scope(cast.liu(), world.NOW).today == world.NOW.date()
