"""Whatever is sent, the API answers in its one shape and never with a fault."""

import uuid
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings

from portal import errors
from tests import cast
from tests.api.test_acting_over_the_api import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking() -> Client:
    """Return somebody signed in, whose requests may fail like on a real server."""
    cast.laws()
    client = signed_in(cast.zhang())
    client.raise_request_exception = False
    return client


def refused(response: Any, status: int, code: str) -> str:
    """Return the sentence of a refusal in the one shape."""
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    error = response.json()["error"]
    assert set(error) == {"code", "message", "fields"}
    assert error["code"] == code
    return str(error["message"])


def start(client: Client, body: bytes) -> Any:
    """Post a body as a new application."""
    return client.post(
        "/api/v1/applications/",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"kind": "\\ud83d"}',
        b'{"\\udc00": 1}',
        b'{"capacity_kw": NaN}',
    ],
)
def test_a_body_that_is_no_json(asking: Client, body: bytes) -> None:
    assert "JSON" in refused(start(asking, body), 400, "malformed")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"5", b"true"])
def test_a_body_that_is_no_object(asking: Client, body: bytes) -> None:
    assert "JSON对象" in refused(start(asking, body), 400, "invalid")
    number = cast.submitted().number
    for action in ("submit", "withdraw"):
        where = f"/api/v1/applications/{number}/actions/{action}/"
        response = asking.post(where, body, content_type="application/json")
        assert response.status_code in (200, 400)
        if action == "withdraw":
            assert "JSON对象" in refused(response, 400, "invalid")


def test_a_sentence_names_the_field_it_is_about(asking: Client) -> None:
    response = asking.get("/api/v1/deadline/", {"start": "2026-09-30", "days": "0"})
    assert refused(response, 400, "invalid").startswith("days：")
    assert set(response.json()["error"]["fields"]) == {"days"}


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        ("accept", "external_line", "no"),
        ("accept", "external_line", 0),
        ("accept", "note", {"a": 1}),
        ("accept", "note", ["a"]),
        ("accept", "note", 5),
        ("accept", "seen", [1]),
        ("accept", "seen", True),
        ("accept", "late_witness", {"id": 1}),
        ("return_for_supplement", "missing", "property"),
        ("return_for_supplement", "missing", [["property"]]),
        ("refuse", "reason", False),
    ],
)
def test_an_act_takes_no_answer_of_another_type(
    asking: Client, action: str, field: str, value: Any
) -> None:
    application = cast.submitted()
    manager = signed_in(cast.wang())
    response = manager.post(
        f"/api/v1/applications/{application.number}/actions/{action}/",
        {field: value},
        content_type="application/json",
    )
    assert refused(response, 400, "invalid").startswith(f"{field}：")
    application.refresh_from_db()
    assert application.status == "submitted"


def test_an_answer_that_is_null_is_none(asking: Client) -> None:
    application = cast.submitted()
    response = signed_in(cast.wang()).post(
        f"/api/v1/applications/{application.number}/actions/accept/",
        {"note": None, "external_line": None, "seen": None, "late_witness": None},
        content_type="application/json",
    )
    assert response.status_code == 200, response.content
    application.refresh_from_db()
    assert (application.status, application.external_line) == ("accepted", False)


def test_half_a_letter_in_an_act(asking: Client) -> None:
    number = cast.submitted().number
    where = f"/api/v1/applications/{number}/actions/withdraw/"
    body = b'{"reason": "\\ud83d"}'
    response = asking.post(where, body, content_type="application/json")
    refused(response, 400, "malformed")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_body_that_is_too_large(asking: Client) -> None:
    assert "过大" in refused(start(asking, b" " * 101 + b"{}"), 413, "too_large")


@pytest.mark.parametrize("place", ["x", "cD1hYmM=", "cD0=", "cD0xZTk5"])
def test_a_made_up_place_in_the_list(asking: Client, place: str) -> None:
    response = asking.get("/api/v1/applications/", {"cursor": place})
    assert refused(response, 404, "not_found")


def test_an_address_that_does_not_exist(asking: Client) -> None:
    assert "接口地址" in refused(asking.get("/api/v1/nothing/"), 404, "not_found")


def test_what_django_itself_refuses() -> None:
    request = HttpRequest()
    request.path = "/api/v1/limits/"
    for answer, status, code in (
        (errors.bad_request(request, ValueError()), 400, "malformed"),
        (errors.fault(request), 500, "fault"),
    ):
        assert answer.status_code == status
        assert f'"code": "{code}"' in answer.content.decode()
    request.path = "/"
    assert (
        "这个请求看不懂" in errors.bad_request(request, ValueError()).content.decode()
    )
    assert "服务出了问题" in errors.fault(request).content.decode()
