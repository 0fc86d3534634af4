"""GET power/: by address, 户号 or place, the answer of the page as data."""

from datetime import timedelta

import pytest
from django.test import Client

from outages.services import network, running
from tests.cast import NOW
from tests.grid import Grid, zhou
from tests.outages import lives
from tests.outages_api.conftest import ROOT, refused, told

HOUR = timedelta(hours=1)


def test_out_now_with_the_surest_word_on_the_end(anybody: Client) -> None:
    outage = lives.fault(moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR)
    for asked in ({"address": "海河花园"}, {"account": "1200000001"}):
        answer = told(anybody.get(f"{ROOT}power/", asked))
        assert answer["is_out"] is True
        (cut,) = answer["out"]
        assert cut["outage"]["number"] == outage.number
        assert cut["back_at"] == "2026-09-01T10:00:00+08:00"
        assert cut["estimated"] is True


def test_power_again_here_though_not_everywhere(anybody: Client) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    running.restore_part(outage, transformers=["T-YY1-01"], by=zhou(), at=NOW)
    answer = told(anybody.get(f"{ROOT}power/", {"address": "海河花园"}))
    assert answer["is_out"] is False
    assert answer["recent"][0]["restored_at"] == "2026-09-01T09:00:00+08:00"


def test_several_addresses_are_candidates(anybody: Client, net: Grid) -> None:
    network.add_premises(transformer=net.school, address="友谊路18号友谊小学")
    answer = told(anybody.get(f"{ROOT}power/", {"address": "友谊路"}))
    assert answer["is_out"] is None
    assert len(answer["candidates"]) == 3
    place = answer["candidates"][0]["place"]
    chosen = told(anybody.get(f"{ROOT}power/", {"place": place}))
    assert chosen["is_out"] is False


def test_a_household_number_does_not_tell_where_they_live(anybody: Client) -> None:
    answer = told(anybody.get(f"{ROOT}power/", {"account": "1200000001"}))
    assert "12号" not in str(answer)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "__all__"),
        ({"address": "海河花园", "account": "1200000001"}, "__all__"),
        ({"address": "月亮湾"}, "address"),
        ({"account": "1"}, "account"),
        ({"place": "999999"}, "place"),
        ({"place": "99999999999999999999"}, "place"),
    ],
)
def test_a_bad_question_is_refused(
    anybody: Client, asked: dict[str, str], field: str
) -> None:
    error = refused(anybody.get(f"{ROOT}power/", asked), 400, "invalid")
    assert field in error["fields"]
