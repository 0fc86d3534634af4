"""Where an outage explains the dark, nobody is sent twice."""

from datetime import timedelta

import pytest

from outages.models import RepairOrder
from outages.services import repairing, running
from outages.services.scoping import ScopePart
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import (
    announced,
    crew,
    cut_for_arrears,
    fault,
    ordered,
    reported,
)


def test_a_fault_under_way_answers(net: Grid) -> None:
    outage = fault(net)
    report = reported(net)
    assert (report.outage, report.order) == (outage, None)
    assert not RepairOrder.objects.exists()


def test_a_neighbouring_transformer_is_not_concerned(net: Grid) -> None:
    fault(net)
    report = reported(net, premises=net.market_hall)
    assert report.outage is None
    assert report.order is not None


@pytest.mark.parametrize("trouble", ["danger", "voltage", "street_light"])
def test_what_an_outage_does_not_explain_gets_a_crew(net: Grid, trouble: str) -> None:
    fault(net)
    report = reported(net, trouble=trouble)
    assert report.outage is None
    assert report.order is not None


@pytest.mark.parametrize(
    ("minutes", "known"), [(-1, False), (0, True), (239, True), (240, False)]
)
def test_an_announced_outage_answers_in_its_window_though_nobody_pressed(
    net: Grid, minutes: int, known: bool
) -> None:
    outage = announced(net, starts_at=cast.NOW)
    report = reported(net, at=cast.NOW + timedelta(minutes=minutes))
    assert report.outage == (outage if known else None)


def test_power_that_is_back_explains_nothing(net: Grid) -> None:
    outage = fault(net)
    later = cast.NOW + timedelta(hours=1)
    running.restore(outage, by=cast.sun(), at=later)
    assert reported(net, at=later).order is not None


def test_a_part_that_is_back_explains_nothing(net: Grid) -> None:
    outage = fault(net, "T-YY1-01", "T-YY1-03")
    later = cast.NOW + timedelta(hours=1)
    running.restore_part(outage, transformers=["T-YY1-01"], by=cast.sun(), at=later)
    assert reported(net, at=later).order is not None
    assert reported(net, premises=net.market_hall, at=later).outage == outage


def test_an_outage_of_one_account_explains_that_account_alone(net: Grid) -> None:
    outage = running.record_fault(
        scope=[ScopePart("account", net.zhang_home.number)],
        reason="表前线断线",
        began_at=None,
        by=cast.sun(),
        at=cast.NOW,
    )
    assert reported(net, premises=None, account=net.zhang_home).outage == outage
    assert reported(net, premises=None, account=net.hospital).outage is None


def test_who_owes_money_is_told_to_nobody_here(net: Grid) -> None:
    cut_for_arrears(net.zhang_home)
    report = reported(net, premises=None, account=net.zhang_home)
    assert report.outage is None


def test_a_report_before_the_fault_is_known_keeps_its_order(net: Grid) -> None:
    order = ordered(net)
    outage = fault(net)
    repairing.link(order, outage=outage, by=cast.wang(), at=cast.NOW)
    assert order.outage == outage
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    repairing.arrive(order, by=cast.wang(), at=cast.NOW)
    running.restore(outage, by=cast.sun(), at=cast.NOW + timedelta(minutes=30))
    order.refresh_from_db()
    assert order.status == "arrived"
