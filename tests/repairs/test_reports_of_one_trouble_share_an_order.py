"""Neighbours who report the same trouble send one crew, not ten."""

from datetime import timedelta

from outages.models import OutageEvent, RepairOrder
from outages.services import repairing
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, order_of, ordered, reported

FOUR_HOURS = timedelta(minutes=240)


def test_a_neighbour_joins_the_order_of_the_transformer(net: Grid) -> None:
    first = reported(net, phone="13800000001")
    second = reported(net, phone="13800000002", place="友谊路12号5门")
    assert second.order == first.order
    event = OutageEvent.objects.get(reference=order_of(first).number, seq=2)
    assert (event.action, event.before, event.after) == ("join", "received", "received")
    assert event.payload["report"] == second.number


def test_another_transformer_is_another_trouble(net: Grid) -> None:
    first = ordered(net)
    assert ordered(net, premises=net.market_hall) != first


def test_four_hours_after_the_last_report_it_is_another_trouble(net: Grid) -> None:
    first = ordered(net)
    assert ordered(net, at=cast.NOW + FOUR_HOURS) == first
    late = cast.NOW + 2 * FOUR_HOURS + timedelta(seconds=1)
    assert ordered(net, at=late) != first


def test_a_repaired_trouble_is_over(net: Grid) -> None:
    first = ordered(net)
    repairing.dismiss(first, reason="表后开关跳闸", by=cast.wang(), at=cast.NOW)
    assert ordered(net, at=cast.NOW + timedelta(minutes=1)) != first


def test_the_same_words_are_the_same_place(net: Grid) -> None:
    first = ordered(net, premises=None, place="海河边凉亭")
    assert ordered(net, premises=None, place="海河边凉亭") == first
    assert ordered(net, premises=None, place="海河边码头") != first


def test_a_more_urgent_report_raises_the_order(net: Grid) -> None:
    order = ordered(net, importance="lift")
    assert order.urgency == 4
    reported(net, importance="medical")
    reported(net, importance="ordinary", phone="13800000003")
    order.refresh_from_db()
    assert (order.importance, order.urgency) == ("medical", 2)
    raised = OutageEvent.objects.get(reference=order.number, seq=2)
    assert raised.payload["urgency"] == [4, 2]


def test_danger_comes_before_everything(net: Grid) -> None:
    order = ordered(net)
    reported(net, trouble="danger")
    order.refresh_from_db()
    assert (order.trouble, order.urgency, order.importance) == ("danger", 1, "ordinary")


def test_a_trouble_of_the_line_takes_in_the_whole_line(net: Grid) -> None:
    order = ordered(net)
    repairing.widen(order, by=cast.wang(), at=cast.NOW)
    assert ordered(net, premises=net.market_hall) == order
    assert ordered(net) == order
    assert RepairOrder.objects.count() == 1


def test_a_crew_on_its_way_is_joined_too(net: Grid) -> None:
    order = ordered(net)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    assert ordered(net, phone="13800000002") == order
