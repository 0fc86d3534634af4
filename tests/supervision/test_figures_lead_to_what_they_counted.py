"""Screen total = list total = export total, whatever the filters."""

import csv
import io
import random
import re
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client

from applications.models import Application
from portal.supervision import wording
from sla.models import Clock
from tests import cast
from tests.supervision import world

FILTERS: dict[str, list[str]] = {
    "period": ["this_month", "last_month", "ever"],
    "district": ["", cast.HEXI, cast.HEPING],
    "user_type": ["", "three_zero", "low_voltage", "high_voltage_single"],
    "basis": ["stage", "whole", "steps"],
}


def rows_of(client: Client, address: str, query: dict[str, str]) -> int:
    """Return the number of lines in the CSV of a list."""
    body = client.get(f"{address}.csv", query).content.decode("utf-8-sig")
    return len(list(csv.reader(io.StringIO(body)))) - 1


def questions(number: int) -> list[dict[str, str]]:
    dice = random.Random(20260819)
    return [
        {name: dice.choice(values) for name, values in FILTERS.items()}
        for _ in range(number)
    ]


def figures_of(page: Any) -> list[tuple[str, dict[str, str], int]]:
    """Return every figure of a board with the list it leads to."""
    found = []
    for rate in page.rates:
        for bucket in wording.CLOCK_BUCKETS:
            value = getattr(rate.figures, bucket)
            query = {"basis": rate.basis.value, "bucket": bucket}
            found.append(("/board/clocks", query, value))
        ended = {"basis": rate.basis.value}
        if rate.basis != "stage":
            cases = rate.cases
            for bucket, value in (
                ("done", cases.cases),
                ("on_time", cases.on_time),
                ("late", cases.late),
            ):
                found.append(("/board/cases", ended | {"bucket": bucket}, value))
    hand = page.in_hand
    for bucket in ("normal", "due_today", "overdue", "paused", "exempt"):
        found.append(("/board/cases", {"bucket": bucket}, getattr(hand, bucket)))
    for bucket in ("government", "customer", "paused_late"):
        found.append(("/board/cases", {"bucket": bucket}, getattr(hand, bucket)))
    found.append(("/board/cases", {"bucket": "open"}, hand.total))
    return found


@pytest.mark.parametrize("asked", questions(12), ids=str)
def test_totals_agree(regulator: Client, asked: dict[str, str]) -> None:
    response: Any = regulator.get("/board/", asked)
    figures = figures_of(response.context["page"])
    dice = random.Random(str(asked))
    for address, narrower, value in dice.sample(figures, 12):
        query = asked | narrower
        listed: Any = regulator.get(f"{address}/", query)
        assert listed.context["count"] == value, (address, narrower)
        assert rows_of(regulator, address, query) == value
        assert len(listed.context["lines"]) == min(value, 50)


def test_every_link_of_the_board_holds_as_many_as_it_says(regulator: Client) -> None:
    page = regulator.get("/board/", {"period": "ever"}).content.decode()
    links = re.findall(r'href="(/board/(?:clocks|cases)/[^"]*)"[^>]*>(\d+)</a>', page)
    assert len(links) > 40
    for address, number in dict.fromkeys(links):
        listed: Any = regulator.get(unescape(address))
        assert listed.context["count"] == int(number), address


def test_the_workbook_holds_the_same_lines_and_says_what_they_are(
    regulator: Client,
) -> None:
    query = {"period": "ever", "bucket": "open"}
    body = regulator.get("/board/cases.xlsx", query).content
    book = openpyxl.load_workbook(io.BytesIO(body))
    table, about = book.worksheets
    listed: Any = regulator.get("/board/cases/", query)
    assert table.max_row - 1 == listed.context["count"]
    notes = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
    assert notes["导出人"] == "J0001 刘监管"
    assert "15:00" in notes["数据截至"]
    assert notes["口径"] == str(wording.DEFINITIONS["in_hand"])


def test_the_breakdown_is_exported_as_it_is_shown(regulator: Client) -> None:
    asked = {"period": "ever", "basis": "steps"}
    body = regulator.get("/board/figures.csv", asked).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(body)))
    shown: Any = regulator.get("/board/", asked).context
    told = [line for table in shown["page"].breakdowns for line in table.lines]
    assert [line["名称"] for line in lines] == [line.label for line in told]
    assert [line["计入"] for line in lines] == [str(x.figures.judged) for x in told]
    assert lines[0]["达标率%"] == str((told[0].tenths or 0) / 10)


def test_overdue_comes_worst_first(regulator: Client) -> None:
    listed: Any = regulator.get("/board/cases/", {"bucket": "overdue"})
    over = [line.over for line in listed.context["lines"]]
    assert over == sorted(over, reverse=True)
    assert over[0] > 0


@pytest.mark.parametrize(
    "asked",
    [
        "/board/clocks/?period=ever&basis=stage&bucket=open&district=120103",
        "/board/cases/?period=ever&bucket=done&basis=whole",
        "/board/cases/?bucket=overdue",
        "/board/?period=ever&district=120103",
    ],
)
def test_a_ticket_leads_back_to_where_it_was_found(
    regulator: Client, asked: str
) -> None:
    page = regulator.get(asked).content.decode()
    link = re.search(r'href="(/board/tickets/[^"]+)"', page)
    assert link is not None
    ticket = regulator.get(unescape(link[1])).content.decode()
    back = re.search(r'<p class="back"><a href="([^"]+)"', ticket)
    assert back is not None
    assert unescape(back[1]) == asked


@pytest.mark.parametrize("address", ["/board/clocks/", "/board/cases/"])
def test_a_list_is_sorted_by_its_links(regulator: Client, address: str) -> None:
    query = {"period": "ever", "bucket": "open"}
    plain: Any = regulator.get(address, query | {"sort": "number"})
    numbers = [line.number for line in plain.context["lines"]]
    assert numbers == sorted(numbers)
    turned: Any = regulator.get(address, query | {"sort": "-number"})
    assert [line.number for line in turned.context["lines"]] == numbers[::-1]
    nonsense: Any = regulator.get(address, query | {"sort": "-password"})
    assert nonsense.status_code == 200


def test_a_breakdown_is_sorted_by_its_links(regulator: Client) -> None:
    asked = {"period": "ever", "sort": "-stage.met"}
    page: Any = regulator.get("/board/", asked)
    lines = page.context["page"].breakdowns[0].lines
    met = [line.figures.met for line in lines]
    assert met == sorted(met, reverse=True)
    assert 'aria-sort="descending"' in page.content.decode()


def test_a_limit_in_calendar_days_is_told_in_calendar_days(
    city: dict[str, Application], regulator: Client
) -> None:
    number = city["home over"].number
    Clock.objects.filter(reference=number).update(limit_unit="calendar_day")
    listed: Any = regulator.get("/board/cases/", {"bucket": "overdue"})
    (line,) = [each for each in listed.context["lines"] if each.number == number]
    due = Clock.objects.national().get(reference=number).due_on
    assert due is not None
    assert line.over == (world.NOW.date() - due).days
