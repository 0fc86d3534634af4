"""A list as a file shows no more than the page, and no spreadsheet calculates it."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from applications.admin import listing
from applications.admin.export import safe
from applications.services import filing
from tests import cast
from tests.admin import desk

EXPORT = "/admin/applications/application/export/"
PAYLOADS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "|calc",
    "%0A=1",
]


def lines(response: Any) -> list[dict[str, str]]:
    """Read a CSV as a spreadsheet would."""
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_begins_like_a_formula(payload: str) -> None:
    assert safe(payload).lstrip()[0] not in "=+-@＝＋－＠|%"


def test_plain_texts_and_numbers_stay_as_they_are() -> None:
    assert safe("天津海河食品有限公司") == "天津海河食品有限公司"
    assert safe(-8.5) == -8.5


@pytest.mark.parametrize("payload", ["=1+1+1+1", "@友谊路12号", "\t=cmd|' /C calc'!A0"])
def test_what_an_applicant_typed_is_not_calculated(payload: str) -> None:
    draft = cast.drafted()
    filing.save_site(draft, filing.Site(cast.HEXI, payload), by=cast.zhang())
    filing.submit(draft, by=cast.zhang(), at=cast.NOW)
    client = desk.sign_in(cast.wang())
    content = client.get(EXPORT, {"file": "xlsx"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 20
    assert all(cell.data_type != "f" for cell in cells)


def test_the_file_holds_the_lines_of_the_list() -> None:
    application = cast.submitted(cast.FACTORY)
    cast.submitted(region=cast.HEPING)
    response = desk.sign_in(cast.wang()).get(EXPORT, {"file": "csv"})
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    [line] = lines(response)
    assert line["申请编号"] == application.number
    assert line["状态"] == "待受理"
    assert line["截止时间"] == "2026-09-02 23:59"


def test_filters_hold_for_the_file_too() -> None:
    home, factory = cast.submitted(), cast.submitted(cast.FACTORY)
    client = desk.sign_in(cast.wang())
    query = {"file": "csv", "user_type": "high_voltage_single"}
    assert [x["申请编号"] for x in lines(client.get(EXPORT, query))] == [factory.number]
    query = {"file": "csv", "queue": "due_today"}
    assert lines(client.get(EXPORT, query)) == []
    assert home.number


def test_a_list_too_long_for_one_file_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.submitted()
    cast.submitted(cast.FACTORY)
    client, said = desk.sign_in(cast.wang()), "只含最前的 1 件"
    list_page = "/admin/applications/application/"
    assert said not in desk.text(client.get(list_page))
    monkeypatch.setattr(listing, "MOST_EXPORTED", 1)
    assert said in desk.text(client.get(list_page))
    response = client.get(EXPORT, {"file": "csv"})
    assert "-first-1.csv" in response["Content-Disposition"]
    assert len(lines(response)) == 1


def test_names_and_for_the_regulator_house_numbers_are_masked() -> None:
    cast.submitted()
    query = {"file": "csv"}
    [line] = lines(desk.sign_in(cast.wang()).get(EXPORT, query))
    assert line["申请人"] == "张**"
    [line] = lines(desk.sign_in(cast.liu()).get(EXPORT, query))
    assert line["地址"] == "河西区 友谊路****"


def test_applicants_export_nothing() -> None:
    cast.submitted()
    assert desk.sign_in(cast.zhang()).get(EXPORT).status_code == 302
