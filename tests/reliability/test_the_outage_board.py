"""The board of outages: every figure leads to the list of exactly what it counted."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outages.models import Outage
from tests.cast import HEPING, HEXI, at, li, liu, zhang
from tests.reliability.history import Town, cut, town

pytestmark = pytest.mark.django_db
NOW = at("2025-02-11", "12:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def place() -> Iterator[Town]:
    found = town()
    cut(found.homes, at("2024-12-31", "23:30"), HOUR)
    cut(found.homes, at("2025-01-20"), 2 * HOUR)
    cut(found.square, at("2025-01-21"), 3 * HOUR, cause="")
    still = cut(found.shops, NOW - HOUR, cause="")
    both = cut(found.village, at("2025-01-25"), HOUR, kind="planned")
    cut(found.square, at("2025-01-25"), HOUR, outage=both.outage)
    Outage.objects.filter(pk=both.outage_id).update(
        published_at=at("2025-01-20"), late_notice=True, starts_at=at("2025-01-25")
    )
    Outage.objects.filter(pk=still.outage_id).update(households=100)
    with time_machine.travel(NOW, tick=False):
        yield found


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def links(body: str) -> list[tuple[str, str]]:
    found = re.findall(r'href="(/board/outages/list/\?[^"]+)">(\d+)</a>', body)
    heaps = re.findall(
        r'href="(/board/outages/list/\?[^"]+)">.*?heap-count">(\d+)<', body
    )
    return [(href.replace("&amp;", "&"), told) for href, told in found + heaps]


def test_every_count_is_the_length_of_its_list(place: Town) -> None:
    client = signed_in(liu())
    body = client.get("/board/outages/").content.decode()
    found = links(body)

    assert len(found) > 12
    for href, told in found:
        listing: Any = client.get(href)
        assert listing.context["count"] == int(told), href
        file = client.get(href.replace("list/?", "list.csv?"))
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert len(rows) - 1 == int(told), href


def test_hours_listed_are_the_hours_of_the_index(place: Town) -> None:
    client = signed_in(liu())
    page: Any = client.get("/board/outages/").context["page"]

    file = client.get("/board/outages/list.csv?figure=hours").content
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))

    seconds = sum(int(row["停电户秒"]) for row in rows)
    assert f"{seconds / 3600:,.2f}" == page.total.told["low"].customer_hours
    assert seconds == 300 * 1800 + 300 * 7200 + 200 * 10800 + 100 * 3600 + 250 * 3600


def test_a_late_notice_counts_in_both_districts_and_once_in_all(place: Town) -> None:
    page: Any = signed_in(liu()).get("/board/outages/").context["page"]

    by_code = {line.code: line for line in page.lines}
    assert by_code[HEXI].late == by_code[HEPING].late == page.total.late == 1
    assert page.total.late_tenths == 1000


def test_what_is_out_now_and_for_how_many(place: Town) -> None:
    page: Any = signed_in(liu()).get("/board/outages/").context["page"]

    assert (page.now.out, page.now.households) == (1, 100)


def test_a_manager_sees_own_districts_only(place: Town) -> None:
    page: Any = signed_in(li()).get("/board/outages/")

    assert [line.code for line in page.context["page"].lines] == [HEPING]
    assert "河西区" not in page.content.decode()
    assert signed_in(li()).get(f"/board/outages/?district={HEXI}").status_code == 400


def test_applicants_are_refused_and_strangers_led_to_sign_in(place: Town) -> None:
    for address in (
        "/board/outages/", "/board/outages/list/", "/board/outages.csv",
        "/board/outages/list.xlsx",
    ):  # fmt: skip
        assert signed_in(zhang()).get(address).status_code == 403
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_figures_are_exported(place: Town, kind: str) -> None:
    response = signed_in(liu()).get(f"/board/outages.{kind}")

    assert response.status_code == 200
    if kind == "csv":
        body = response.content.decode("utf-8-sig")
        assert "SAIDI 小时/户（中压）" in body
        assert "合计" in body


def test_a_figure_nobody_knows_is_not_found(place: Town) -> None:
    client = signed_in(liu())

    assert client.get("/board/outages/list/?figure=nonsense").status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=custom&first=2025-02-01&last=2025-01-01", "开始日期不能晚于报告日期"),
        ("period=custom&first=2025-02-01&last=2025-03-01", "报告日期不能晚于今天"),
        ("period=custom&first=1990-02-01", "统计期最长10年"),
    ],
)
def test_periods_nobody_means_are_refused(
    place: Town, query: str, sentence: str
) -> None:
    response = signed_in(liu()).get(f"/board/outages/?{query}")

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert signed_in(liu()).get(f"/board/outages.csv?{query}").status_code == 400


def test_a_period_that_is_over_ends_at_midnight(place: Town) -> None:
    query = "period=custom&first=2024-12-01&last=2024-12-31"

    page: Any = signed_in(liu()).get(f"/board/outages/?{query}").context["page"]

    assert page.total.told["low"].customer_hours == "150.00"


def test_the_boards_lead_to_each_other(place: Town) -> None:
    client = signed_in(liu())

    assert 'href="/board/outages/"' in client.get("/board/").content.decode()
    assert 'href="/board/"' in client.get("/board/outages/").content.decode()


def test_constant_queries(place: Town) -> None:
    client = signed_in(liu())

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    addresses = ["/board/outages/", "/board/outages/list/?figure=hours"]
    before = [cost(address) for address in addresses]
    for day in range(1, 9):
        cut(place.homes, at(f"2025-02-0{day}"), HOUR)
        cut(place.square, at(f"2025-02-0{day}", "11:00"), HOUR)

    assert [cost(address) for address in addresses] == before
    assert before[0] <= 28
