"""A double click, or a second call within minutes, gets the first number again."""

from datetime import timedelta

from outages.models import FaultReport, OutageEvent
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import reported

LATER = cast.NOW + timedelta(minutes=9, seconds=59)


def test_the_same_phone_and_place(net: Grid) -> None:
    first = reported(net, phone="13800000001")
    assert reported(net, phone="+86 138-0000-0001", at=LATER) == first
    assert FaultReport.objects.count() == 1
    assert OutageEvent.objects.count() == 1


def test_the_same_browser_without_a_phone(net: Grid) -> None:
    first = reported(net, client="203.0.113.9")
    assert reported(net, client="203.0.113.9", at=LATER) == first


def test_the_same_account_without_a_phone(net: Grid) -> None:
    first = reported(net, reporter=cast.zhang())
    assert reported(net, reporter=cast.zhang(), at=LATER) == first


def test_without_any_mark_nobody_is_taken_for_another(net: Grid) -> None:
    assert reported(net) != reported(net, at=LATER)


def test_another_neighbour_is_another_report(net: Grid) -> None:
    first = reported(net, phone="13800000001")
    assert reported(net, phone="13800000002") != first


def test_ten_minutes_later_it_is_news(net: Grid) -> None:
    first = reported(net, phone="13800000001")
    later = cast.NOW + timedelta(minutes=10)
    assert reported(net, phone="13800000001", at=later) != first


def test_danger_is_never_swallowed(net: Grid) -> None:
    first = reported(net, phone="13800000001")
    second = reported(net, phone="13800000001", trouble="danger")
    assert second != first
    assert second.order == first.order
