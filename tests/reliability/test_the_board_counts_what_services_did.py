"""Faults, crews and cases run through the services arrive on the board."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from outages.models import RepairOrder
from outages.services import repairing, reporting, running
from outages.vocabulary import Trouble
from tests import cast
from tests.grid import grid, zhou
from tests.outages import lives
from tests.repairs.desk import fault, on_site, ordered

pytestmark = pytest.mark.django_db
NOW = cast.NOW


@pytest.fixture
def regulator() -> Iterator[Client]:
    """Return 刘监管's browser, after four faults of 海河花园 and two calls."""
    net = grid()
    for days in (40, 30, 20, 10):
        moment = NOW - timedelta(days=days)
        outage = fault(net, at=moment)
        running.restore(outage, by=cast.sun(), at=moment + timedelta(hours=1))
    order = on_site(net, at=NOW - timedelta(hours=5))
    repairing.restore(order, outcome="换熔断器", by=cast.wang(), at=NOW)
    ordered(net, at=NOW, trouble="street_light", premises=None)
    client = Client()
    client.force_login(cast.liu())
    with time_machine.travel(NOW, tick=False):
        yield client


def rows(client: Client, figure: str) -> list[dict[str, str]]:
    page: Any = client.get(f"/board/outages/list/?figure={figure}")
    file = client.get(f"/board/outages/list.csv?figure={figure}").content
    found = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert page.context["count"] == len(found)
    return found


def test_a_case_of_too_many_outages_is_counted_and_listed(regulator: Client) -> None:
    page: Any = regulator.get("/board/outages/").context["page"]

    assert page.total.cases["cases_open"] == 1
    (case,) = rows(regulator, "cases_open")
    assert case["线路或台区"] == "海河花园台区"
    assert rows(regulator, "cases_late") == []
    assert rows(regulator, "cases_closed") == []


def test_repairs_are_timed_and_street_lights_left_out(regulator: Client) -> None:
    page: Any = regulator.get("/board/outages/").context["page"]

    assert page.total.speed.reported == 1
    for figure in ("repairs", "arrived", "restored"):
        (order,) = rows(regulator, figure)
        assert order["到达用时（分钟）"] == "0"
        assert order["恢复用时（分钟）"] == "300"
    body = regulator.get("/board/outages/").content.decode()
    assert "平均到达和恢复，对照承诺" in body
    assert regulator.get("/board/outages.xlsx").status_code == 200


def test_a_listed_order_leads_to_its_page(regulator: Client) -> None:
    page: Any = regulator.get("/board/outages/list/?figure=repairs")
    link, _cells = page.context["lines"][0]

    order = regulator.get(link)

    assert order.status_code == 200
    assert (
        RepairOrder.objects.exclude(trouble=Trouble.STREET_LIGHT).get().number
        in order.content.decode()
    )


def test_what_was_announced_is_listed_before_what_was_not(regulator: Client) -> None:
    broken = lives.fault(lives.SQUARE, moment=NOW)
    start = NOW - timedelta(hours=1)
    planned = lives.announced(
        lives.VILLAGE,
        starts_at=start,
        ends_at=NOW + timedelta(hours=1),
        at=NOW - timedelta(days=9),
    )
    running.begin(planned, by=zhou(), at=start)

    found = [row["停电编号"] for row in rows(regulator, "out")]

    assert found.index(planned.number) < found.index(broken.number)


def test_an_order_nobody_arrived_at_has_no_minutes(regulator: Client) -> None:
    reporting.report(
        trouble="home",
        region=cast.HEXI,
        place="友谊路99号",
        at=NOW - timedelta(hours=1),
    )

    assert [row["到达用时（分钟）"] for row in rows(regulator, "repairs")] == ["", "0"]
    assert len(rows(regulator, "arrived")) == 1


def test_bad_periods_are_refused_for_lists_too(regulator: Client) -> None:
    query = "period=custom&first=2026-02-01&last=2026-01-01"

    assert regulator.get(f"/board/outages/list/?{query}").status_code == 400
    assert regulator.get(f"/board/outages/list.csv?{query}").status_code == 400


def test_reliability_counts_what_was_run(regulator: Client) -> None:
    page: Any = regulator.get("/board/outages/").context["page"]

    # 4 × 1 h × 300 of 750 households
    assert page.total.told["low"].saidi == "1.600"
