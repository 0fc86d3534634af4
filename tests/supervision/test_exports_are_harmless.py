"""What people typed never runs in a spreadsheet (TRUST S10), and names stay masked."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client

from applications.models import Applicant, Application
from portal.accounts.models import User
from portal.supervision.sheets import Sheet, as_csv, as_xlsx
from sla.ground.cells import harmless
from sla.models import Region
from tests import cast

PAYLOADS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "\u3000=1",
    "\ufeff=1",
    "\u200b=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "DDE\r\n=1",
    '"=1',
]
LIVE = tuple("=+-@＝＋－＠\t\r\n")


def table(text: str) -> Sheet:
    return Sheet("清单", [text, "数"], [[text, 1], [text, None]], [("说明", text)])


def cells(body: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    for cell in cells(as_xlsx(table(text))):
        assert cell.data_type != "f"
        assert not str(cell.value or "").startswith(LIVE)


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_no_cell_of_a_csv_begins_like_one(text: str) -> None:
    body = as_csv(table(text)).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(body)))
    assert len(lines) == 3
    for line in lines:
        assert not line[0].lstrip().startswith(LIVE)
        assert "\x00" not in line[0]


def test_ordinary_words_stay_as_they_are() -> None:
    for text in (
        "张*",
        "BD-7K3M-9QXD-2TFA-P",
        "王工（T0012）",
        "35千伏及以上单电源",
        "",
    ):
        assert harmless(text) == text


def test_a_csv_opens_in_spreadsheets_as_chinese_in_beijing_time() -> None:
    moment = datetime(2026, 8, 19, 7, 30, 5, 9, tzinfo=UTC)
    body = as_csv(Sheet("清单", ["时间"], [[moment]]))
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig") == '"时间"\r\n"2026-08-19 15:30:05"\r\n'


def test_moments_in_a_workbook_are_dates_and_numbers_are_numbers() -> None:
    moment = datetime(2026, 8, 19, 7, 30, tzinfo=UTC)
    body = as_xlsx(Sheet("清单", ["时间", "数", "无"], [[moment, 3, None]]))
    row = list(openpyxl.load_workbook(io.BytesIO(body)).worksheets[0])[1]
    assert [cell.value for cell in row] == [datetime(2026, 8, 19, 15, 30), 3, None]  # noqa: DTZ001


@pytest.fixture
def attacked(city: dict[str, Application]) -> Application:
    """Put formulas wherever somebody's words reach an export."""
    case = city["home over"]
    Applicant.objects.filter(applications=case).update(
        name='=HYPERLINK("http://x")', kind="organisation"
    )
    User.objects.filter(username="wang").update(staff_no="=1+1", display_name="@王")
    Application.objects.filter(pk=case.pk).update(manager=cast.wang())
    Region.objects.filter(pk=cast.HEXI).update(name="+河西区")
    return case


@pytest.mark.parametrize("name", ["clocks", "cases", "figures"])
def test_every_export_of_the_portal_is_so(
    attacked: Application, regulator: Client, name: str
) -> None:
    query = {"period": "ever", "bucket": "open", "basis": "whole"}
    for cell in cells(regulator.get(f"/board/{name}.xlsx", query).content):
        assert cell.data_type != "f"
        if isinstance(cell.value, str):
            assert not cell.value.startswith(LIVE)
    body = regulator.get(f"/board/{name}.csv", query).content.decode("utf-8-sig")
    for line in csv.reader(io.StringIO(body)):
        for value in line:
            assert not value.startswith(LIVE)
    assert "河西区" in body


def test_people_are_masked(city: dict[str, Application], regulator: Client) -> None:
    for address in ("/board/cases", "/board/clocks"):
        query = {"period": "ever", "bucket": "open", "basis": "whole"}
        shown = regulator.get(f"{address}/", query).content.decode()
        body = regulator.get(f"{address}.csv", query).content.decode("utf-8-sig")
        for text in (shown, body):
            assert "张**" in text
            for secret in ("张建国", "13800000001", "11010519491231002X", "3门401"):
                assert secret not in text


def test_a_file_is_named_after_what_it_holds_and_when(regulator: Client) -> None:
    response = regulator.get("/board/cases.xlsx", {"bucket": "overdue"})
    assert "20260819-1500.xlsx" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert regulator.get("/board/cases.pdf").status_code == 404
