"""Anybody reports and follows; crews' acts go through the dispatch desk's services."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outages.api.bodies import REPAIR_ACTS
from outages.lifecycles.repair import ACTS
from outages.models import FaultReport
from tests import cast
from tests.cast import HEXI, NOW, PNG
from tests.grid import Grid
from tests.outages import lives
from tests.outages_api.conftest import ROOT, as_, refused, send, told
from tests.repairs import desk

GARDEN = {"trouble": "home", "region": HEXI, "place": "友谊路12号海河花园3门401"}


def test_every_act_of_the_lifecycle_has_its_body() -> None:
    assert set(REPAIR_ACTS) == set(ACTS) - {"join"}


def test_anybody_reports_and_follows(anybody: Client) -> None:
    report = told(send(anybody, "reports/", **GARDEN, phone="13800000001"), 201)
    assert report["is_open"] is True
    read = told(anybody.get(f"{ROOT}reports/{report['number']}/"))
    assert [step["title"] for step in read["steps"]] == [
        "受理", "派单", "到达现场", "抢修", "恢复供电",
    ]  # fmt: skip
    assert "13800000001" not in str(read)
    assert "3门401" not in str(read)


def test_by_household_number_without_a_district(anybody: Client) -> None:
    body = {"trouble": "home", "account": "1200000001"}
    report = told(send(anybody, "reports/", **body), 201)
    kept = FaultReport.objects.get(number=report["number"])
    assert kept.account is not None
    assert kept.region_id == HEXI


def test_by_a_place_that_power_offered(anybody: Client, net: Grid) -> None:
    body = {"trouble": "building", "place_id": net.garden_gate.pk}
    report = told(send(anybody, "reports/", **body), 201)
    kept = FaultReport.objects.get(number=report["number"])
    assert kept.premises == net.garden_gate


def test_with_a_photo(anybody: Client) -> None:
    photo = SimpleUploadedFile("照片.png", PNG, content_type="image/png")
    response = anybody.post(f"{ROOT}reports/", {**GARDEN, "photo": photo})
    kept = FaultReport.objects.get(number=told(response, 201)["number"])
    assert kept.photo


def test_a_known_outage_answers(anybody: Client) -> None:
    outage = lives.fault(moment=NOW - timedelta(hours=1))
    body = {"trouble": "home", "account": "1200000001"}
    report = told(send(anybody, "reports/", **body), 201)
    assert report["outage"] == outage.number


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"trouble": "home", "place": "某处"}, "region"),
        ({**GARDEN, "trouble": "x"}, "trouble"),
        ({**GARDEN, "phone": "12"}, "phone"),
        ({**GARDEN, "account": "9999999999"}, "account"),
        ({**GARDEN, "place_id": 99999}, "place_id"),
        ({**GARDEN, "region": "990000"}, "region"),
        ({"trouble": "home", "region": HEXI}, "place"),
        ({**GARDEN, "address": "x"}, "address"),
    ],
)
def test_a_bad_report_is_refused_by_field(
    anybody: Client, body: dict[str, Any], field: str
) -> None:
    error = refused(send(anybody, "reports/", **body), 400, "invalid")
    assert field in error["fields"], error
    assert not FaultReport.objects.exists()


def test_a_made_up_report_is_not_found(anybody: Client) -> None:
    for number in ("BX-0000-0000-0000-0", "x", "TD-7K3M-9QXD-2TFA-P"):
        refused(anybody.get(f"{ROOT}reports/{number}/"), 404, "not_found")


def test_a_crew_is_sent_arrives_and_brings_power_back(net: Grid) -> None:
    order, crew = desk.ordered(net), desk.crew()
    wang = as_(cast.wang())
    path = f"repairs/{order.number}/actions"
    whole = told(wang.get(f"{ROOT}repairs/{order.number}/"))
    assert "dispatch" in whole["allowed_actions"]
    error = refused(send(wang, f"{path}/dispatch/", crew="没有的班组"), 400, "invalid")
    assert error["fields"]["crew"] == ["没有这个抢修班组。"]
    whole = told(send(wang, f"{path}/dispatch/", crew=crew.name, seen=whole["seen"]))
    assert whole["crew"] == crew.name
    for act in ("arrive", "start_repair"):
        told(send(wang, f"{path}/{act}/"))
    whole = told(send(wang, f"{path}/restore/", outcome="更换熔断器"))
    assert whole["status"] == "restored"


def test_a_trouble_is_linked_to_its_outage(net: Grid) -> None:
    order, outage = desk.ordered(net), lives.fault()
    path = f"repairs/{order.number}/actions/link/"
    sun = as_(cast.sun())
    refused(send(sun, path, outage="TD-1"), 400, "invalid")
    assert told(send(sun, path, outage=outage.number))["outage"] == outage.number


def test_who_reads_the_orders(net: Grid, anybody: Client) -> None:
    order = desk.ordered(net)
    for person, sees in (
        (cast.sun(), True),
        (cast.wang(), True),
        (cast.liu(), True),
        (cast.li(), False),
        (cast.zhang(), False),
    ):
        client = as_(person)
        found = told(client.get(f"{ROOT}repairs/"))["results"]
        assert [each["number"] for each in found] == ([order.number] if sees else [])
        status = client.get(f"{ROOT}repairs/{order.number}/").status_code
        assert status == (200 if sees else 404)
    refused(anybody.get(f"{ROOT}repairs/"), 401, "not_authenticated")
    found = told(as_(cast.sun()).get(f"{ROOT}repairs/", {"status": "closed"}))
    assert found["results"] == []
