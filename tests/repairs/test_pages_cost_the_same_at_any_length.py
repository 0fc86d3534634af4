"""A busy night costs the desk and the reader no more queries than a quiet one."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outages.services import repairing
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, order_of, reported
from tests.repairs.pages import browser_of, page_of

QUEUE = "/admin/outages/repairorder/"


def cost(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_the_queue(net: Grid) -> None:
    client = browser_of(cast.wang())
    reported(net)
    quiet = cost(client, QUEUE)
    for number in range(12):
        order = order_of(reported(net, premises=None, place=f"{number}号"))
        repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    assert cost(client, QUEUE) == quiet


def test_an_order_that_many_reported(net: Grid) -> None:
    client = browser_of(cast.wang())
    report = reported(net, account=net.zhang_home)
    desk = f"{QUEUE}{report.order_id}/change/"
    quiet = (cost(client, desk), cost(Client(), page_of(report)))
    for number in range(12):
        at = cast.NOW + timedelta(minutes=number)
        reported(net, phone=f"1380000{number:04}", account=net.zhang_home, at=at)
    assert (cost(client, desk), cost(Client(), page_of(report))) == quiet
