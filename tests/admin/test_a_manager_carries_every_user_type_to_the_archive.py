"""From filing to archive with the manager's acts done in the admin, for every route."""

from typing import Any

import pytest
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from sla.vocabulary import UserType
from tests import cast
from tests.admin import desk

CASES: list[tuple[str, Any, dict[str, str]]] = [
    (UserType.THREE_ZERO, cast.HOME, {}),
    (UserType.THREE_ZERO_LINE, cast.SHOP, {"external_line": "on"}),
    (UserType.LOW_VOLTAGE, cast.SCHOOL, {}),
    (UserType.HIGH_VOLTAGE_SINGLE, cast.FACTORY, {}),
    (UserType.HIGH_VOLTAGE_SINGLE, cast.FACTORY, {"concealed_works": "on"}),
    (UserType.HIGH_VOLTAGE_DUAL, cast.HOSPITAL, {"important": "on"}),
    (UserType.EXTRA_HIGH_SINGLE, cast.DATA_CENTRE, {}),
]


def plan(application: Application) -> dict[str, Any]:
    """Return the answers of a supply plan."""
    return {
        "voltage": application.voltage,
        "capacity_kw": str(application.capacity_kw),
        "supply_point": "10千伏友谊线",
        "metering": "高供高计",
        "ownership_boundary": "电能表出线端",
        "tariff": "工商业单一制",
        "fees": "无",
    }


def managers_act(
    client: Client, application: Application, survey: dict[str, str]
) -> str:
    """Do what the status asks of the manager; return the act, or nothing."""
    acts: dict[str, tuple[str, dict[str, Any]]] = {
        Status.SUBMITTED: ("accept", survey),
        Status.ACCEPTED: ("reply_plan", plan(application)),
        Status.DESIGN_REVIEW: ("approve_design", {"findings": "图纸合格"}),
        Status.MID_INSPECTION: ("pass_mid_inspection", {"findings": ""}),
        Status.FINAL_INSPECTION: ("pass_final_inspection", {"findings": ""}),
        Status.CONNECTING: (
            "energise",
            {"meter_number": "TJ00012345", "account_number": "1200000001"},
        ),
        Status.ENERGISED: ("archive", {}),
    }
    if application.status not in acts:
        return ""
    action, answers = acts[application.status]
    page = client.get(desk.act_url(application, action))
    assert page.status_code == 200
    response = desk.press(client, application, action, **answers)
    assert response.status_code == 302, (action, desk.text(response))
    return action


@pytest.mark.parametrize(("user_type", "need", "survey"), CASES)
def test_the_road_to_the_archive(
    user_type: str, need: Any, survey: dict[str, str]
) -> None:
    application = cast.submitted(need)
    client = desk.sign_in(cast.wang())
    for _ in range(20):
        if application.status == Status.ARCHIVED:
            break
        assert client.get(desk.ticket_url(application)).status_code == 200
        if not managers_act(client, application, survey):
            cast.step(application, cast.NOW)
            application.refresh_from_db()
    assert application.status == Status.ARCHIVED
    assert application.user_type == user_type
    assert application.manager == cast.wang()
