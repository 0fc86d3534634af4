"""Regulators see all, staff their districts, applicants and strangers nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from applications.models import Application
from portal.accounts.models import User
from tests import cast
from tests.supervision import world

pytestmark = pytest.mark.usefixtures("present")

PAGES = ["/board/", "/board/clocks/", "/board/cases/"]
FILES = [
    f"/board/{name}.{kind}"
    for name in ("figures", "clocks", "cases")
    for kind in ("csv", "xlsx")
]


def every_address(city: dict[str, Application]) -> list[str]:
    return [*PAGES, *FILES, f"/board/tickets/{city['home over'].number}/"]


@pytest.mark.parametrize("who", [cast.liu, cast.sun, cast.zhao, cast.wang])
def test_those_who_may(city: dict[str, Application], who: Callable[[], User]) -> None:
    client = world.signed_in(who())
    for address in every_address(city):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", [cast.zhang, cast.chen])
def test_applicants_are_refused_with_a_reason(
    city: dict[str, Application], who: Callable[[], User]
) -> None:
    client = world.signed_in(who())
    for address in every_address(city):
        response = client.get(address)
        assert response.status_code == 403, address
        assert "只对监管人员" in response.content.decode()


def test_strangers_are_led_to_the_sign_in_of_staff_and_back(
    city: dict[str, Application],
) -> None:
    for address in every_address(city):
        response: Any = Client().get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/staff/sign-in/?next={quote(address)}"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_changed_here(
    city: dict[str, Application], regulator: Client, method: str
) -> None:
    for address in every_address(city):
        assert getattr(regulator, method)(address).status_code == 405


def test_a_manager_sees_own_districts_in_figures_lists_and_files(
    city: dict[str, Application], regulator: Client
) -> None:
    manager = world.signed_in(cast.li())  # 和平区
    asked = {"period": "ever", "bucket": "open", "basis": "whole"}
    own = regulator.get("/board/cases/", asked | {"district": cast.HEPING})
    seen = manager.get("/board/cases/", asked)
    numbers = {line.number for line in seen.context["lines"]}  # type: ignore[attr-defined]
    assert numbers == {line.number for line in own.context["lines"]}  # type: ignore[attr-defined]
    elsewhere = str(city["home over"].number)
    for address in ("/board/clocks.csv", "/board/cases.csv"):
        assert elsewhere not in manager.get(address, asked).content.decode()
        assert elsewhere in regulator.get(address, asked).content.decode()
    assert manager.get(f"/board/tickets/{elsewhere}/").status_code == 404
    page = manager.get("/board/").content.decode()
    assert "只含您负责的区" in page
    assert "河西区" not in page


def test_a_district_of_others_cannot_be_asked_for(
    city: dict[str, Application],
) -> None:
    manager = world.signed_in(cast.li())
    assert manager.get("/board/", {"district": cast.HEXI}).status_code == 400
    for name in FILES:
        assert manager.get(name, {"district": cast.HEXI}).status_code == 400


def test_a_role_taken_away_is_gone_with_the_next_request(
    city: dict[str, Application], regulator: Client
) -> None:
    assert regulator.get("/board/").status_code == 200
    User.objects.filter(username="liu").update(role="applicant")
    assert regulator.get("/board/").status_code == 403


def test_drafts_are_nobodys_business(regulator: Client) -> None:
    draft = cast.drafted(cast.HOME, moment=world.NOW)
    page: Any = regulator.get("/board/cases/", {"bucket": "open"})
    before = page.context["count"]
    assert draft.number is None
    again: Any = regulator.get("/board/cases/", {"bucket": "open"})
    assert again.context["count"] == before


def test_pages_are_kept_by_nobody(regulator: Client) -> None:
    for address in (*PAGES, *FILES):
        assert "no-store" in regulator.get(address)["Cache-Control"]


def test_the_navigation_leads_there(city: dict[str, Application]) -> None:
    for who in (cast.liu, cast.wang, cast.zhao, cast.sun):
        page = world.signed_in(who()).get("/").content.decode()
        assert 'href="/board/"' in page
    assert (
        'href="/board/"' not in world.signed_in(cast.chen()).get("/").content.decode()
    )
