"""Every road from submission to the archive, over HTTP, and every refusal on it."""

from typing import Any

import pytest
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from portal.accounts.models import User
from tests import cast
from tests.api.test_filing_over_the_api import act, hand_in

pytestmark = pytest.mark.django_db

PLAN = {
    "supply_point": "友谊线3号台区",
    "metering": "低供低计",
    "ownership_boundary": "电能表出线端",
    "tariff": "居民生活",
    "fees": "无",
}
BODIES: dict[str, dict[str, Any]] = {
    "start_design": {"designer": "某设计院"},
    "start_construction": {"contractor": "某施工公司"},
    "energise": {"meter_number": "TJ00000001", "account_number": "1200000001"},
}
# What moves a case on from each status: who, and which act.
NEXT = {
    Status.SUBMITTED: ("staff", "accept"),
    Status.ACCEPTED: ("staff", "reply_plan"),
    Status.PLAN_REPLIED: ("owner", "confirm_plan"),
    Status.DESIGNING: ("owner", "submit_design"),
    Status.DESIGN_REVIEW: ("staff", "approve_design"),
    Status.MID_INSPECTION: ("staff", "pass_mid_inspection"),
    Status.FINAL_INSPECTION: ("staff", "pass_final_inspection"),
    Status.SIGNING: ("owner", "sign_contract"),
    Status.CONNECTING: ("staff", "energise"),
    Status.ENERGISED: ("staff", "archive"),
}
PAPERS = {"submit_design": "drawings", "report_completion": "completion"}


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def body_of(action: str, whole: dict[str, Any], contact: str) -> dict[str, Any]:
    body = BODIES.get(action, {})
    if action == "reply_plan":
        body = PLAN | {k: whole[k] for k in ("voltage", "capacity_kw")}
    if action == "sign_contract":
        body = {"signed_name": contact, "agreed": True}
    return body | {"seen": whole["seen"]}


def next_act(whole: dict[str, Any]) -> tuple[str, str]:
    """Return who acts next: where the road forks, by what is offered."""
    status = Status(whole["status"])
    if status in NEXT:
        return NEXT[status]
    allowed = whole["allowed_actions"]
    for action in (
        "sign_contract",
        "start_design",
        "start_construction",
        "report_mid_inspection",
        "report_completion",
    ):
        if action in allowed:
            return "owner", action
    raise AssertionError(f"nothing to do in {status}: {allowed}")


@pytest.mark.parametrize(
    ("need", "accepting", "steps"),
    [
        (cast.HOME, {}, 6),
        (cast.SHOP, {"external_line": True}, 6),
        (cast.SCHOOL, {}, 6),
        (cast.FACTORY, {}, 9),
        (cast.HOSPITAL, {"important": True}, 13),
        (cast.DATA_CENTRE, {}, 13),
    ],
    ids=["home", "shop with line", "school", "factory", "hospital", "data centre"],
)
def test_every_user_type_from_submission_to_the_archive(
    need: Any, accepting: dict[str, Any], steps: int
) -> None:
    application = cast.submitted(need)
    assert application.applicant is not None
    contact = application.applicant.contact_name
    people = {
        "owner": signed_in(application.filed_by),
        "staff": signed_in(cast.wang()),
    }
    ref, taken = application.number, 0
    whole = people["owner"].get(f"/api/v1/applications/{ref}/").json()
    while whole["status"] != "archived":
        who, action = next_act(whole)
        if action in PAPERS:
            whole = hand_in(people[who], str(ref), PAPERS[action]).json()
        body = body_of(action, whole, contact)
        if action == "accept":
            body |= accepting
        answer = act(people[who], str(ref), action, **body)
        assert answer.status_code == 200, (action, answer.json())
        taken += 1
        whole = people["owner"].get(f"/api/v1/applications/{ref}/").json()
    assert taken == steps
    assert whole["allowed_actions"] == []


def test_out_of_order_is_a_conflict_with_its_reason() -> None:
    application = cast.submitted()
    body = BODIES["energise"]
    answer = act(signed_in(cast.wang()), str(application.number), "energise", **body)
    assert answer.status_code == 409
    assert "待受理" in answer.json()["error"]["message"]


def test_twice_is_a_conflict() -> None:
    application = cast.submitted()
    client = signed_in(cast.wang())
    assert act(client, str(application.number), "accept").status_code == 200
    assert act(client, str(application.number), "accept").status_code == 409


def test_an_old_page_is_a_conflict() -> None:
    application = cast.submitted()
    answer = act(signed_in(cast.wang()), str(application.number), "accept", seen=0)
    assert answer.status_code == 409
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


def test_the_wrong_role_is_forbidden() -> None:
    application = cast.submitted()
    answer = act(signed_in(cast.zhang()), str(application.number), "accept")
    assert answer.status_code == 403
    assert "客户经理" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "stranger", [cast.li, cast.chen], ids=["district", "applicant"]
)
def test_what_is_not_yours_is_not_there(stranger: Any) -> None:
    application = cast.submitted()
    client = signed_in(stranger())
    assert client.get(f"/api/v1/applications/{application.number}/").status_code == 404
    assert act(client, str(application.number), "accept").status_code == 404


def test_a_regulator_sees_and_does_nothing() -> None:
    application = cast.submitted()
    client = signed_in(cast.liu())
    whole = client.get(f"/api/v1/applications/{application.number}/").json()
    assert whole["status"] == "submitted"
    assert whole["allowed_actions"] == []
    assert act(client, str(application.number), "accept").status_code == 403


def test_nobody_is_asked_to_sign_in() -> None:
    application = cast.submitted()
    answer = Client().get(f"/api/v1/applications/{application.number}/")
    assert answer.status_code == 401
    assert answer.json()["error"]["message"] == "请先登录。"


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "reason"), ({"reason": "x", "status": "archived"}, "status")],
    ids=["missing", "unknown"],
)
def test_a_wrong_body_names_its_fields(body: dict[str, Any], field: str) -> None:
    application = cast.submitted()
    answer = act(signed_in(cast.wang()), str(application.number), "refuse", **body)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]


@pytest.mark.parametrize("text", ["[1]", "{", '"x"', "null"])
def test_what_is_no_object_is_refused(text: str) -> None:
    application = cast.submitted()
    answer = signed_in(cast.wang()).post(
        f"/api/v1/applications/{application.number}/actions/refuse/",
        text,
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_an_unknown_act_is_not_there() -> None:
    application = cast.submitted()
    answer = act(signed_in(cast.wang()), str(application.number), "explode")
    assert answer.status_code == 404


def test_why_a_date_is_the_date_it_is() -> None:
    application = cast.submitted()
    client = signed_in(cast.zhang())
    whole = client.get(f"/api/v1/applications/{application.number}/").json()
    clock = whole["clocks"][0]
    why = client.get(
        f"/api/v1/applications/{application.number}/clocks/{clock['id']}/"
    ).json()
    assert sum(day["counted"] for day in why["ledger"]) == 5
    assert "附件2" in why["source"]["clause"]
    assert why["source"]["document"]


def test_a_list_shows_each_only_theirs() -> None:
    cast.submitted()
    cast.submitted(cast.SHOP)
    counts = {
        person.__name__: len(
            signed_in(person()).get("/api/v1/applications/").json()["results"]
        )
        for person in (cast.zhang, cast.chen, cast.wang, cast.li, cast.liu)
    }
    assert counts == {"zhang": 1, "chen": 1, "wang": 2, "li": 0, "liu": 2}
    assert Application.objects.count() == 2
