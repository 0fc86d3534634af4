"""Three 台区 of one line within half an hour look like the line."""

from datetime import timedelta

import pytest

from outages.models import RepairOrder
from outages.services import grouping, network, repairing
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import fault, ordered


def three(net: Grid, *minutes: int) -> None:
    """Report from the three 台区 of 友谊一线 at these minutes."""
    school = network.add_premises(transformer=net.school, address="友谊路20号小学")
    places = (net.garden_gate, school, net.market_hall)
    for premises, minute in zip(places, minutes, strict=True):
        moment = cast.NOW + timedelta(minutes=minute)
        ordered(net, premises=premises, at=moment)


def suspected() -> dict[int, list[RepairOrder]]:
    return grouping.suspected_lines(RepairOrder.objects.open())


@pytest.mark.parametrize(
    ("minutes", "found"),
    [((0, 15, 30), True), ((30, 0, 15), True), ((0, 15, 31), False)],
)
def test_within_half_an_hour(
    net: Grid, minutes: tuple[int, int, int], found: bool
) -> None:
    three(net, *minutes)
    lines = suspected()
    assert list(lines) == ([net.youyi_one.pk] if found else [])
    assert not found or len(lines[net.youyi_one.pk]) == 3


def test_two_areas_are_two_troubles(net: Grid) -> None:
    ordered(net)
    ordered(net, premises=net.market_hall)
    assert suspected() == {}


def test_one_area_reported_again_is_one_area(net: Grid) -> None:
    three(net, 0, 300, 600)
    ordered(net, at=cast.NOW + timedelta(minutes=610))
    assert suspected() == {}


def test_what_is_explained_does_not_count(net: Grid) -> None:
    three(net, 0, 1, 2)
    order = RepairOrder.objects.get(transformer=net.garden)
    repairing.link(order, outage=fault(net), by=cast.wang(), at=cast.NOW)
    assert suspected() == {}


def test_what_is_the_lines_already_does_not_count(net: Grid) -> None:
    three(net, 0, 1, 2)
    order = RepairOrder.objects.get(transformer=net.garden)
    repairing.widen(order, by=cast.wang(), at=cast.NOW)
    assert suspected() == {}
