"""Who types the name of a street sees first where on it power is out."""

from datetime import timedelta

from django.test import Client

from outages.services import network
from tests.cast import NOW
from tests.grid import Grid
from tests.outage_pages.conftest import read
from tests.outages import lives

HOUR = timedelta(hours=1)


def street(net: Grid, houses: int) -> None:
    """长虹道: all houses have power but those of the school's 台区, the last ones."""
    for number in range(1, houses + 1):
        network.add_premises(transformer=net.market, address=f"长虹道{number}号")
    network.add_premises(transformer=net.school, address=f"长虹道{houses + 1}号")
    lives.fault(lives.SCHOOL, moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR)


def test_a_long_street_begins_where_power_is_out(visitor: Client, net: Grid) -> None:
    street(net, houses=6)
    page = read(visitor, "/outages/", q="长虹道")
    assert "您说的是哪一处？" in page
    assert page.index(">长虹道7号<") < page.index(">长虹道1号<")


def test_an_outage_is_not_cut_off_with_the_rest_of_a_street(
    visitor: Client, net: Grid
) -> None:
    street(net, houses=30)
    page = read(visitor, "/outages/", q="长虹道")
    assert ">长虹道31号<" in page
    assert "还有更多" in page


def test_a_few_places_stand_as_near_as_they_are(visitor: Client, net: Grid) -> None:
    street(net, houses=2)
    page = read(visitor, "/outages/", q="长虹道")
    assert page.index(">长虹道1号<") < page.index(">长虹道3号<")
