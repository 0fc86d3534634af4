"""Whoever is signed in sees the addresses they subscribed to before anything else."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outages.models import Subscription
from outages.services import subscribing
from tests.cast import NOW, zhang
from tests.grid import Grid
from tests.outage_pages.conftest import read
from tests.outages import lives

BACKEND = "django.contrib.auth.backends.ModelBackend"


def subscribed(visitor: Client, net: Grid) -> None:
    """Sign 张大爷 in, who subscribed 海河花园 and 友谊小学."""
    visitor.force_login(zhang(), backend=BACKEND)
    for place in (
        subscribing.at_premises(net.garden_gate),
        subscribing.Place(net.school),
    ):
        subscribing.in_app(place, user=zhang(), at=NOW)


def test_each_with_how_power_stands(visitor: Client, net: Grid) -> None:
    subscribed(visitor, net)
    lives.fault(moment=NOW - timedelta(hours=1), estimated_at=NOW + timedelta(hours=1))
    page = read(visitor, "/outages/")
    own = page[page.index("我的地址") : page.index("id_q")]
    assert "友谊路12号海河花园" in own
    assert "今天 10:00 前恢复，预计还有 1 小时。" in own
    assert "友谊小学台区" in own
    assert "没有查到停电，也没有停电计划。" in own


def test_not_for_strangers_nor_after_it_ended(visitor: Client, net: Grid) -> None:
    assert "我的地址" not in read(visitor, "/outages/")
    subscribed(visitor, net)
    for row in Subscription.objects.filter(user=zhang()):
        subscribing.end(row, at=NOW)
    assert "我的地址" not in read(visitor, "/outages/")


def test_more_addresses_ask_no_more(visitor: Client, net: Grid) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            read(visitor, "/outages/")
        return len(seen)

    subscribed(visitor, net)
    before = cost()
    for area in (net.market, net.village, net.square):
        place = subscribing.Place(area)
        subscribing.in_app(place, user=zhang(), at=NOW)
    assert cost() == before
