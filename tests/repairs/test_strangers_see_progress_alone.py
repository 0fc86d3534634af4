"""A number opens the progress of a repair, not the home it is about."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outages.models import FaultReport
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import reported
from tests.repairs.pages import browser_of, page_of, send, text_of, where


def told(net: Grid) -> tuple[Client, FaultReport]:
    """Return who reported, in a browser without an account, and the report."""
    client = Client()
    where(client, place="友谊路12号3门401", region=cast.HEXI)
    client.post("/outages/report/which/", {"premises": net.garden_gate.pk})
    photo = SimpleUploadedFile("电表箱.png", cast.PNG, "image/png")
    send(client, phone="13800000001", description="电表箱冒烟", photo=photo)
    return client, FaultReport.objects.get()


def test_who_reported_sees_what_they_said(net: Grid) -> None:
    client, report = told(net)
    said = text_of(client.get(page_of(report)))
    for words in ("友谊路12号3门401", "138****0001", "电表箱冒烟", "看照片"):
        assert words in said


def test_a_stranger_sees_how_far_it_is(net: Grid) -> None:
    _client, report = told(net)
    said = text_of(Client().get(page_of(report)))
    assert "已受理，正在派人" in said
    assert "友谊路****" in said
    for words in ("3门401", "138****", "13800000001", "冒烟", "照片"):
        assert words not in said


def test_a_photo_is_for_the_reporter_and_the_crew(net: Grid) -> None:
    client, report = told(net)
    there = f"{page_of(report)}photo/"
    allowed = [client, *(browser_of(who()) for who in (cast.wang, cast.zhao, cast.sun))]
    for browser in allowed:
        answer: Any = browser.get(there)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/png"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    refused = [Client(), *(browser_of(w()) for w in (cast.li, cast.liu, cast.zhang))]
    for browser in refused:
        assert browser.get(there).status_code == 404


def test_the_account_that_reported_sees_it_anywhere(net: Grid) -> None:
    report = reported(net, reporter=cast.zhang(), description="电表箱冒烟")
    assert "电表箱冒烟" in text_of(browser_of(cast.zhang()).get(page_of(report)))
    assert "电表箱冒烟" not in text_of(browser_of(cast.chen()).get(page_of(report)))


def test_no_photo_is_no_page(net: Grid) -> None:
    report = reported(net, reporter=cast.zhang())
    answer = browser_of(cast.zhang()).get(f"{page_of(report)}photo/")
    assert answer.status_code == 404


@pytest.mark.parametrize("number", ["BX-0000-0000-0000-0", "BX-7K3M-9QXD-2TFA-Q"])
def test_a_number_that_was_never_given(net: Grid, number: str) -> None:
    assert Client().get(f"/outages/reports/{number}/").status_code == 404


def test_a_number_may_be_typed_in_any_case(net: Grid) -> None:
    report = reported(net)
    answer = Client().get(f"/outages/reports/{report.number.lower()}/")
    assert answer.headers["Location"] == page_of(report)


def test_a_page_of_a_home_is_kept_nowhere(net: Grid) -> None:
    assert "no-store" in Client().get(page_of(reported(net)))["Cache-Control"]
