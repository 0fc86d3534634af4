"""Where there is nothing, the board says so: no rate, no list, no error."""

import pytest
from django.test import Client

from portal.supervision.scope import Basis
from portal.supervision.selectors import overview
from portal.supervision.services import freezing
from tests import cast
from tests.supervision import world

pytestmark = pytest.mark.usefixtures("db", "present")


@pytest.fixture
def client() -> Client:
    cast.laws()
    return world.signed_in(cast.liu())


def test_where_nothing_was_judged_there_is_no_rate(client: Client) -> None:
    page = overview.read(world.scope(), basis=Basis.STAGE)
    assert [told.tenths for told in page.rates] == [None, None, None]
    assert [told.case_tenths for told in page.rates] == [None, None, None]
    assert page.in_hand.total == 0
    assert page.overdue == []


def test_the_board_says_so(client: Client) -> None:
    page = client.get("/board/").content.decode()
    assert "没有在办申请超过国家时限" in page
    assert "统计期内没有可判定的时限" in page
    assert "所选范围内没有这一口径的时限" in page


@pytest.mark.parametrize("address", ["/board/clocks/", "/board/cases/"])
def test_lists_say_so(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "所选范围内没有这样的" in page
    assert "导出全部" not in page


def test_files_hold_their_headings(client: Client) -> None:
    for name in ("figures", "clocks", "cases"):
        body = client.get(f"/board/{name}.csv").content.decode("utf-8-sig")
        assert len(body.splitlines()) == 1
        assert client.get(f"/board/{name}.xlsx").status_code == 200


def test_there_is_no_month_to_freeze(client: Client) -> None:
    assert freezing.run(at=world.NOW) == []
    assert "逐月达标率" not in client.get("/board/").content.decode()
