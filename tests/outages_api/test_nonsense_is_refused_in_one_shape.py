"""Whatever is sent, the API of outages answers in its one shape, never with a fault."""

import pytest
from django.test import Client

from tests.cast import sun
from tests.outages import lives
from tests.outages_api.conftest import ROOT, as_, refused, told

BODIES = [
    b"{",
    b"\xff\xfe",
    b"[" * 50_000,
    b'{"scope":' * 20_000 + b"1" + b"}" * 20_000,
    b'{"reason": "\\ud83d"}',
    b'{"x": NaN}',
]


@pytest.mark.parametrize("path", ["", "reports/"])
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_json(anybody: Client, path: str, body: bytes) -> None:
    client = as_(sun())
    response = client.post(ROOT + path, body, content_type="application/json")
    assert "JSON" in refused(response, 400, "malformed")["message"]


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"5", b"null", b"true"])
def test_a_body_that_is_no_object(anybody: Client, body: bytes) -> None:
    client, outage = as_(sun()), lives.fault()
    for path in ("", "reports/", f"{outage.number}/actions/restore/"):
        response = client.post(ROOT + path, body, content_type="application/json")
        refused(response, 400, "invalid")


@pytest.mark.parametrize("place", ["x", "cD1hYmM=", "cD0=", "cD0xZTk5"])
def test_a_made_up_place_in_the_list(anybody: Client, place: str) -> None:
    refused(anybody.get(ROOT, {"cursor": place}), 404, "not_found")


@pytest.mark.parametrize(
    "path", ["x/", "TD-1/", "repairs/x/", "frequent/ZL-1/", "x/actions/y/z/"]
)
def test_an_address_that_does_not_exist(anybody: Client, path: str) -> None:
    client = as_(sun())
    refused(client.get(ROOT + path), 404, "not_found")


@pytest.mark.parametrize("name", ["address", "account"])
@pytest.mark.parametrize("text", ["\x00", "%", "'", "\\", "海" * 121, "_" * 50])
def test_an_odd_question(anybody: Client, name: str, text: str) -> None:
    for path in ("", "power/"):
        refused(anybody.get(ROOT + path, {name: text}), 400, "invalid")


def test_an_empty_filter_is_no_filter(anybody: Client) -> None:
    outage = lives.fault()
    found = told(anybody.get(ROOT, {"address": "", "account": "", "district": ""}))
    assert [each["number"] for each in found["results"]] == [outage.number]
    refused(anybody.get(f"{ROOT}power/", {"address": ""}), 400, "invalid")
