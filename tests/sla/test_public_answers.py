"""Anybody may ask over HTTP when a limit ends and which limits hold."""

from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

pytestmark = [
    pytest.mark.usefixtures("laws"),
    pytest.mark.urls("tests.sla.test_public_answers"),
]
urlpatterns = [path("api/v1/", include("sla.urls"))]


def asked(client: Client, address: str, status: int = 200) -> Any:
    """Return the answer to a question."""
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_a_deadline_with_its_days(client: Client) -> None:
    told = asked(client, "deadline/?start=2026-09-30&days=10&region=120101")
    assert told["due_on"] == "2026-10-20"
    assert told["due_at"] == "2026-10-20T23:59:59.999999+08:00"
    assert (told["provisional"], told["official_until"]) == (False, "2026-12-31")
    assert [day["counted"] for day in told["ledger"]].count(True) == 10
    assert told["ledger"][0] == {
        "date": "2026-10-01",
        "weekday": "周四",
        "verdict": "法定节假日",
        "counted": False,
        "note": told["ledger"][0]["note"],
    }


def test_this_city_is_meant_unless_another_is_named(client: Client) -> None:
    assert asked(client, "deadline/?start=2026-09-30&days=1")["region"] == "120000"
    assert asked(client, "limits/?on=2026-09-01")["region"] == "120000"


def test_calendar_days_and_provisional_dates(client: Client) -> None:
    told = asked(client, "deadline/?start=2026-09-30&days=8&unit=calendar_day")
    assert told["due_on"] == "2026-10-08"
    assert asked(client, "deadline/?start=2026-12-30&days=5")["provisional"] is True


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("", "start"),
        ("start=2026-09-30", "days"),
        ("start=明天&days=1", "start"),
        ("start=2026-09-30&days=0", "days"),
        ("start=2026-09-30&days=1001", "days"),
        ("start=2026-09-30&days=1&unit=moon", "unit"),
        ("start=2026-09-30&days=1&region=tianjin", "region"),
        ("start=2026-09-30&days=1&region=999999", "region"),
        ("start=1949-10-01&days=1", "start"),
        ("start=2100-12-30&days=100", "start"),
    ],
)
def test_nonsense_is_told_field_by_field(
    client: Client, question: str, field: str
) -> None:
    # Whatever shape the portal gives its errors, the field is named in it.
    assert field in str(asked(client, f"deadline/?{question}", status=400))


def test_limits_with_their_source(client: Client) -> None:
    told = asked(client, "limits/?region=330100&on=2026-09-01")
    rows = {(r["level"], r["user_type"], r["stage"]): r for r in told["limits"]}
    promise = rows["promise", "three_zero", "total"]
    assert (promise["value"], promise["unit"]) == (8, "calendar_day")
    assert promise["clause"] == "一、服务承诺"
    assert rows["national", "low_voltage", "plan_reply"]["value"] == 3
    assert "平均办电时长35天" in told["promises"][0]["commitments"][0]


def test_limits_of_an_unknown_place_or_day(client: Client) -> None:
    assert "999999" in str(asked(client, "limits/?region=999999", status=400))
    assert "on" in str(asked(client, "limits/?on=x", status=400))
    assert asked(client, "limits/?on=2001-01-01")["limits"] == []
