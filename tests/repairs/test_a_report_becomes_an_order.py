"""Whoever reports a fault gets a number, and a crew gets an order."""

from outages.models import OutageEvent
from outages.services import reporting
from sla.ground import numbers
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import order_of, reported


def test_a_report_opens_an_order_of_its_transformer(net: Grid) -> None:
    report = reported(net, phone="138 0000 0001")
    order = order_of(report)
    assert numbers.normalise(report.number, "BX") == report.number
    assert numbers.normalise(order.number, "QX") == order.number
    assert (order.transformer, order.line) == (net.garden, net.youyi_one)
    assert (order.region_id, order.area_class) == (cast.HEXI, "urban")
    assert (order.status, order.urgency) == ("received", 5)
    assert order.reported_at == cast.NOW


def test_a_place_that_the_network_does_not_know_is_repaired_too(net: Grid) -> None:
    order = order_of(reported(net, premises=None, place="海河边 凉亭旁"))
    assert order.transformer is None
    assert (order.place, order.area_class) == ("海河边 凉亭旁", "urban")


def test_an_account_number_is_place_enough(net: Grid) -> None:
    report = reported(net, premises=None, place="", account=net.zhang_home)
    assert report.place == net.garden_gate.address
    assert order_of(report).transformer == net.garden


def test_what_the_network_knows_of_the_district_wins(net: Grid) -> None:
    assert reported(net, region=cast.HEPING).region_id == cast.HEXI


def test_an_account_without_address_is_named_by_its_last_digits(net: Grid) -> None:
    net.zhang_home.premises = None
    report = reported(net, premises=None, place="", account=net.zhang_home)
    assert report.place == "户号尾号0001"


def test_the_records_know_who_lives_by_the_supply(net: Grid) -> None:
    order = order_of(reported(net, premises=None, account=net.hospital))
    assert (order.importance, order.urgency) == ("hospital", 1)


def test_what_was_said_is_kept_out_of_the_history(net: Grid) -> None:
    report = reported(
        net, phone="13800000001", description="门口冒烟", reporter=cast.zhang()
    )
    event = OutageEvent.objects.get(reference=order_of(report).number)
    assert (event.action, event.seq, event.by_label) == ("report", 1, "报修人")
    kept = str(event.payload)
    assert "13800000001" not in kept
    assert "138****" not in kept
    assert "冒烟" not in kept
    assert event.hash == event.digest()


def test_staff_of_another_district_may_be_without_power_too(net: Grid) -> None:
    first = reported(net)
    second = reported(net, reporter=cast.li(), phone="13800000009")
    assert second.order == first.order
    assert second.reporter == cast.li()
    assert reporting.Caller(cast.li().pk).district_codes() == frozenset()
