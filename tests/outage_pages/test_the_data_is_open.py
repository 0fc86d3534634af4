"""Downloads: every public outage of a period, harmless in a spreadsheet."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outages.models import Outage
from outages.selectors.open_data import FIELDS
from outages.services import running
from outages.services.drafting import Debt
from outages.vocabulary import OutageKind
from tests.cast import HEPING, HEXI, NOW
from tests.grid import zhou
from tests.outage_pages.conftest import read
from tests.outages import lives

HOUR = timedelta(hours=1)


def lines(client: Client, **asked: str) -> list[dict[str, str]]:
    """Return the lines of the CSV."""
    response = client.get("/outages/data/outages.csv", {"year": "2026"} | asked)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def restored() -> Outage:
    """Return a fault of the line: 300 households for one hour, 300 for two."""
    outage = lives.fault(lives.LINE_ONE, moment=NOW - 3 * HOUR)
    running.restore_part(
        outage, transformers=["T-YY1-01"], restored_at=NOW - 2 * HOUR, by=zhou(), at=NOW
    )
    running.restore(outage, restored_at=NOW - HOUR, by=zhou(), at=NOW)
    return outage


def test_one_line_an_outage(visitor: Client) -> None:
    outage = restored()
    (line,) = lines(visitor)
    assert list(line) == [name for name, _heading, _meaning in FIELDS]
    assert line["number"] == outage.number
    assert line["districts"] == HEXI
    assert line["transformers"] == "3"
    assert line["household_seconds"] == str(300 * 3600 + 300 * 7200)
    assert line["began_at"] == "2026-09-01T06:00:00+08:00"


def test_json_says_the_same_with_its_fields(visitor: Client) -> None:
    restored()
    lives.fault(lives.SQUARE)
    response = visitor.get("/outages/data/outages.json", {"year": "2026"})
    text = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    told: dict[str, Any] = json.loads(text)
    assert told["licence"] == "CC BY 4.0"
    same = [{k: str(v) for k, v in each.items()} for each in told["outages"]]
    assert same == lines(visitor)


def test_by_month_and_district(visitor: Client) -> None:
    restored()
    there = lives.fault(lives.SQUARE)
    ahead = lives.announced(lives.VILLAGE)
    assert len(lines(visitor, month="9")) == 3
    assert lines(visitor, month="8") == []
    assert lines(visitor, month="12") == []
    found = lines(visitor, district=HEPING)
    assert [line["number"] for line in found] == [there.number]
    assert ahead.number in {line["number"] for line in lines(visitor)}


def test_drafts_and_arrears_are_not_given_away(visitor: Client) -> None:
    lives.drafted()
    lives.announced(
        lives.ZHANG_HOME,
        kind=OutageKind.ARREARS,
        reason="逾期未交电费",
        ends_at=None,
        arrears=Debt(date(2026, 7, 1), (date(2026, 7, 20),)),
    )
    assert lines(visitor) == []


def test_a_formula_arrives_as_text(visitor: Client) -> None:
    lives.announced(reason="=HYPERLINK(1)")
    assert lines(visitor)[0]["reason"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("ending", ["csv", "json"])
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "请选择年份。"),
        ({"year": "1999"}, "没有这一年的数据"),
        ({"year": "x"}, "没有这一年的数据"),
        ({"year": "2026", "month": "13"}, "没有这个月份"),
        ({"year": "2026", "district": "1"}, "没有这个区"),
    ],
)
def test_a_bad_question_is_answered_on_the_page(
    visitor: Client, ending: str, asked: dict[str, str], sentence: str
) -> None:
    response = visitor.get(f"/outages/data/outages.{ending}", asked)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_the_network_by_district(visitor: Client) -> None:
    text = read(visitor, "/outages/data/network.csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    by_name = {row[1]: row[2:] for row in rows}
    assert by_name["河西区"] == ["1", "2", "4", "700", "1"]
    assert by_name["和平区"] == ["1", "1", "1", "50", "0"]


def test_the_page_says_what_every_column_means(visitor: Client) -> None:
    page = read(visitor, "/outages/data/")
    for name, heading, meaning in FIELDS:
        assert f"<code>{name}</code>" in page
        assert str(heading) in page
        assert str(meaning).split("，")[0] in page
    assert "CC BY 4.0" in page


def test_queries_grow_by_the_thousand_only(visitor: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            lines(visitor)
        return len(seen)

    lives.fault(lives.GARDEN)
    before = cost()
    for part in (lives.SCHOOL, lives.MARKET, lives.SQUARE):
        lives.fault(part)
    assert cost() == before <= 5
