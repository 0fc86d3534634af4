"""A program files an application: once, whatever it repeats."""

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client, override_settings

from applications.models import Application
from applications.services import filing
from tests import cast

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "kind": "resident",
    "purpose": "家庭用电",
    "capacity_kw": "8.0",
    "region": cast.HEXI,
    "address": "友谊路12号3门401",
    "name": "张建国",
    "id_type": "id_card",
    "id_number": "11010519491231002X",
    "contact_name": "张建国",
    "phone": "13800000001",
    "promised_documents": ["property"],
}


@pytest.fixture
def client() -> Client:
    cast.laws()
    client = Client()
    client.force_login(
        cast.zhang(), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def start(client: Client, key: str, **changed: Any) -> Any:
    return client.post(
        "/api/v1/applications/",
        json.dumps(ANSWERS | changed),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def act(client: Client, ref: str, action: str, **body: Any) -> Any:
    return client.post(
        f"/api/v1/applications/{ref}/actions/{action}/",
        json.dumps(body),
        content_type="application/json",
    )


def hand_in(client: Client, ref: str, kind: str) -> Any:
    return client.post(
        f"/api/v1/applications/{ref}/documents/",
        {"kind": kind, "upload": cast.paper()},
    )


def filed(client: Client) -> dict[str, Any]:
    key = str(uuid.uuid4())
    start(client, key)
    hand_in(client, key, "identity")
    answer = act(client, key, "submit")
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def test_a_draft_says_what_is_missing(client: Client) -> None:
    answer = start(client, str(uuid.uuid4()))
    assert answer.status_code == 201
    assert answer.json()["status"] == "draft"
    assert answer.json()["missing"] == ["请上传“用电人有效身份证件”。"]


def test_a_complete_draft_is_submitted_and_its_clock_runs(client: Client) -> None:
    whole = filed(client)
    assert (whole["status"], whole["user_type"]) == ("submitted", "three_zero")
    assert whole["number"].startswith("BD-")
    assert [clock["stage"] for clock in whole["clocks"]] == ["total"]
    assert "withdraw" in whole["allowed_actions"]


@override_settings(SUBMISSIONS_PER_HOUR=1)
def test_submitting_again_is_no_further_submission(client: Client) -> None:
    whole = filed(client)
    again = act(client, whole["number"], "submit")
    assert (again.status_code, again.json()["number"]) == (200, whole["number"])


def test_the_same_key_and_answers_are_one_draft(client: Client) -> None:
    key = str(uuid.uuid4())
    first, second = start(client, key), start(client, key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert Application.objects.count() == 1


def test_the_same_key_with_other_answers_is_refused(client: Client) -> None:
    key = str(uuid.uuid4())
    start(client, key)
    others: list[dict[str, Any]] = [{"capacity_kw": "9.0"}, {"promised_documents": []}]
    for other in others:
        answer = start(client, key, **other)
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "key_reused"


def test_two_requests_under_one_key_at_once_fill_one_draft(client: Client) -> None:
    key = uuid.uuid4()
    # Both have found the draft empty before either of them filled it.
    drafts = [
        filing.start(by=cast.zhang(), at=cast.NOW, key=key) for _request in range(2)
    ]
    answers: dict[str, Any] = {
        "site": filing.Site(cast.HEXI, "友谊路12号3门401"),
        "person": cast.PERSON,
        "promised": ["property"],
        "by": cast.zhang(),
    }

    first = filing.fill(drafts[0], need=cast.HOME, **answers)
    other = replace(cast.HOME, purpose="充电桩")
    second = filing.fill(drafts[1], need=other, **answers)
    filing.discard(drafts[1], by=cast.zhang(), unless_filled=True)

    assert (first, second) == (True, False)
    assert Application.objects.get().purpose == cast.HOME.purpose
    assert not filing.holds(
        drafts[1], other, answers["site"], answers["person"], ["property"]
    )


def test_a_promise_kept_since_makes_the_same_answers_no_others(client: Client) -> None:
    key = str(uuid.uuid4())
    start(client, key)
    hand_in(client, key, "property")
    assert start(client, key).status_code == 200


def test_submitting_twice_gives_the_same_number(client: Client) -> None:
    whole = filed(client)
    again = act(client, whole["key"], "submit")
    assert again.status_code == 200
    assert again.json()["number"] == whole["number"]
    assert Application.objects.count() == 1


def test_a_key_is_wanted(client: Client) -> None:
    answer = start(client, "not-a-key")
    assert answer.status_code == 400
    assert "UUID" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"capacity_kw": "-1"}, "capacity_kw"),
        ({"capacity_kw": "NaN"}, "capacity_kw"),
        ({"capacity_kw": None}, "capacity_kw"),
        ({"region": "999999"}, "region"),
        ({"id_number": "110105194912310021"}, "id_number"),
        ({"id_type": "uscc"}, "id_type"),
        ({"phone": "123"}, "phone"),
        ({"kind": "martian"}, "kind"),
        ({"sources": 3}, "sources"),
        ({"status": "archived"}, "status"),
        ({"address": "x"}, "address"),
        ({"name": "\u200b"}, "name"),
        ({"address": "\u202e\u200b\ufeff\u2060"}, "address"),
    ],
)
def test_wrong_answers_are_refused_and_nothing_is_kept(
    client: Client, wrong: dict[str, Any], field: str
) -> None:
    answer = start(client, str(uuid.uuid4()), **wrong)
    assert answer.status_code == 400, answer.json()
    assert field in answer.json()["error"]["fields"]
    assert answer.json()["error"]["message"]
    assert Application.objects.count() == 0


def test_somebody_elses_draft_is_not_there(client: Client) -> None:
    key = str(uuid.uuid4())
    start(client, key)
    other = Client()
    other.force_login(cast.chen(), backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(f"/api/v1/applications/{key}/").status_code == 404
    assert start(other, key).status_code == 422


def test_personal_data_is_masked(client: Client) -> None:
    text = json.dumps(filed(client), ensure_ascii=False)
    assert "11010519491231002X" not in text
    assert "张建国" not in text
    assert "13800000001" not in text
