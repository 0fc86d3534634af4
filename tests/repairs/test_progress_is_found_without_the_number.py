"""By phone and place together, or by 户号: never by a phone alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.selectors import known_places, repair_progress
from outages.services import repairing, subscribing
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import order_of, reported

SOON = cast.NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    "place", ["友谊路12号3门401", "友谊路 12号", "海河花园", "友谊路十二号海河花园3门"]
)
def test_phone_and_place(net: Grid, place: str) -> None:
    report = reported(net, phone="13800000001")
    found = repair_progress.of_phone("138-0000-0001", place, at=SOON)
    assert found == [report]


def test_a_place_in_words_alone_is_compared_as_it_was_written(net: Grid) -> None:
    report = reported(net, phone="13800000001", premises=None, place="海河边 凉亭")
    for place, found in (("海河边凉亭", [report]), ("海河花园", [])):
        assert repair_progress.of_phone("13800000001", place, at=SOON) == found


@pytest.mark.parametrize("place", ["", "和平路", "  ", "路", "12"])
def test_a_phone_alone_opens_nothing(net: Grid, place: str) -> None:
    reported(net, phone="13800000001")
    assert repair_progress.of_phone("13800000001", place, at=SOON) == []


def test_another_phone_finds_nothing(net: Grid) -> None:
    reported(net, phone="13800000001", premises=None)
    place = "友谊路12号3门401"
    assert repair_progress.of_phone("13800000002", place, at=SOON) == []
    with pytest.raises(ValidationError):
        repair_progress.of_phone("1", place, at=SOON)


def test_what_is_long_ago_is_not_asked_about(net: Grid) -> None:
    reported(net, phone="13800000001")
    later = cast.NOW + timedelta(days=7)
    assert repair_progress.of_phone("13800000001", "友谊路", at=later) == []


def test_an_account_finds_its_own_and_its_neighbours_open_report(net: Grid) -> None:
    mine = reported(net, premises=None, account=net.zhang_home, trouble="voltage")
    neighbour = reported(net, phone="13800000002")
    assert neighbour.order == mine.order
    assert repair_progress.of_account(net.zhang_home, at=SOON) == [mine]
    assert repair_progress.of_account(net.hospital, at=SOON) == [neighbour]


def test_a_trouble_of_the_line_concerns_every_account_along_it(net: Grid) -> None:
    neighbour = reported(net, premises=net.market_hall)
    order = order_of(neighbour)
    assert repair_progress.of_account(net.zhang_home, at=SOON) == []
    repairing.widen(order, by=cast.wang(), at=SOON)
    assert repair_progress.of_account(net.zhang_home, at=SOON) == [neighbour]


def test_nothing_is_found_where_nothing_happened(net: Grid) -> None:
    assert repair_progress.of_account(net.zhang_home, at=SOON) == []


def test_places_are_remembered_for_who_signed_in(net: Grid) -> None:
    zhang = cast.zhang()
    assert known_places.of(None) == []
    reported(net, reporter=zhang)
    reported(net, reporter=zhang, trouble="street_light", place="路口")
    hall = subscribing.at_premises(net.market_hall)
    subscribing.in_app(hall, user=zhang, at=SOON)
    report, wish = known_places.of(zhang.pk)
    assert (report.label, report.premises) == ("友谊路12号3门401", net.garden_gate.pk)
    assert (wish.label, wish.region) == ("友谊路30号集贸市场", cast.HEXI)
