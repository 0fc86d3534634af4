"""Everybody reads what is public; keepers read their drafts too."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outages.models import Outage
from outages.services import running
from outages.services.drafting import Debt
from outages.vocabulary import OutageKind
from tests import cast
from tests.cast import HEPING, HEXI, NOW
from tests.grid import zhou
from tests.outages import lives
from tests.outages_api.conftest import ROOT, as_, refused, told

HOUR = timedelta(hours=1)


def numbers(client: Client, **asked: str) -> list[str]:
    """Return the numbers of a list."""
    return [each["number"] for each in told(client.get(ROOT, asked))["results"]]


def test_the_newest_first_with_moments_that_carry_their_offset(anybody: Client) -> None:
    first = lives.fault(moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR)
    second = lives.announced(lives.SQUARE)
    results = told(anybody.get(ROOT))["results"]
    assert [each["number"] for each in results] == [second.number, first.number]
    fault = results[1]
    assert fault["began_at"] == "2026-09-01T08:00:00+08:00"
    assert fault["districts"] == [HEXI]
    assert fault["sentence"].startswith("今天 08:00 开始停电")


def test_a_draft_is_read_by_those_who_keep_the_network_there(anybody: Client) -> None:
    draft = lives.drafted()
    for person, sees in (
        (cast.sun(), True),
        (cast.zhao(), True),
        (cast.liu(), True),
        (cast.wang(), False),
        (cast.zhang(), False),
    ):
        client = as_(person)
        assert numbers(client) == ([draft.number] if sees else [])
        assert client.get(f"{ROOT}{draft.number}/").status_code == (
            200 if sees else 404
        )
    assert numbers(anybody) == []


def test_arrears_are_read_by_keepers_alone(anybody: Client) -> None:
    lives.announced(
        lives.ZHANG_HOME,
        kind=OutageKind.ARREARS,
        reason="逾期未交电费",
        ends_at=None,
        arrears=Debt(date(2026, 7, 1), (date(2026, 7, 20),)),
    )
    assert numbers(anybody) == []
    assert len(numbers(as_(cast.sun()))) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "under_way"}, ["fault"]),
        ({"kind": "planned"}, ["plan"]),
        ({"district": HEPING}, ["plan"]),
        ({"district": HEXI}, ["fault"]),
        ({"from": "2026-09-01T00:00:00+08:00"}, ["plan", "fault"]),
        ({"from": "2026-09-02T00:00:00+08:00"}, ["plan"]),
        ({"to": "2026-09-01T00:00:01Z"}, ["fault"]),
        ({"to": "2026-09-01T00:00:00Z"}, []),
        ({"address": "海河花园"}, ["fault"]),
        ({"account": "1200000001"}, ["fault"]),
        ({"status": "restored"}, []),
    ],
)
def test_the_filters(anybody: Client, asked: dict[str, str], found: list[str]) -> None:
    rows: dict[str, Outage] = {
        "fault": lives.fault(moment=NOW - HOUR, at=NOW - HOUR),
        "plan": lives.announced(lives.SQUARE),
    }
    assert numbers(anybody, **asked) == [rows[name].number for name in found]


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"from": "2026-09-01T00:00:00"}, "from", "写明时区"),
        ({"to": "昨天"}, "to", "写明时区"),
        ({"from": "0001-01-01T00:00:00+08:00"}, "from", "写明时区"),
        (
            {"from": "2026-09-02T00:00:00+08:00", "to": "2026-09-01T00:00:00+08:00"},
            "to",
            "须晚于",
        ),
        ({"district": "999999"}, "district", "没有这个区"),
        ({"account": "9999999999"}, "account", "没有这个户号"),
        ({"address": "月亮湾"}, "address", "没有找到这个地址"),
        ({"status": "x"}, "status", "x"),
    ],
)
def test_a_bad_question_is_refused_by_field(
    anybody: Client, asked: dict[str, str], field: str, words: str
) -> None:
    error = refused(anybody.get(ROOT, asked), 400, "invalid")
    assert words in error["fields"][field][0]


def test_one_outage_with_its_course_and_places(anybody: Client) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    running.restore_part(outage, transformers=["T-YY1-01"], by=zhou(), at=NOW)
    one = told(anybody.get(f"{ROOT}{outage.number.lower()}/"))
    assert [each["title"] for each in one["timeline"]] == [
        "发生故障停电",
        "部分恢复供电",
        "恢复供电",
    ]
    assert one["scope"] == [{"level": "line", "code": "L-YY1", "name": "友谊一线"}]
    assert one["areas_total"] == 3
    back = {each["code"]: each["restored_at"] for each in one["areas"]}
    assert back["T-YY1-01"] == "2026-09-01T09:00:00+08:00"
    assert back["T-YY1-02"] is None
    assert one["actions"] == []


def test_a_household_is_named_to_staff_alone(anybody: Client) -> None:
    outage = lives.fault(lives.ZHANG_HOME)
    path = f"{ROOT}{outage.number}/"
    assert told(anybody.get(path))["scope"] == []
    assert told(as_(cast.sun()).get(path))["scope"][0]["code"] == "1200000001"


def test_the_list_costs_the_same_however_long(anybody: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            told(anybody.get(ROOT))
        return len(seen)

    lives.fault(lives.GARDEN)
    before = cost()
    for part in (lives.SCHOOL, lives.MARKET, lives.SQUARE):
        lives.fault(part)
    assert cost() == before <= 4
