"""English is longer than Chinese; it fits all the same, and axe has no complaint."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from applications.lifecycle import Status
from sla.services import policies
from tests import cast
from tests.axe import violations
from tests.browsing import press
from tests.grid import grid
from tests.outages import lives
from tests.public.conftest import NOW
from tests.tracking.visits import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [(375, 812), (1440, 900)]


@pytest.fixture
def site(page: Page, live_server: Any) -> str:
    """Return the portal's address for somebody who chose English."""
    policies.load(at=NOW)
    address = str(live_server.url)
    page.context.add_cookies([{"name": "language", "value": "en", "url": address}])
    return address


def holds(page: Page, address: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/limits/",
        "/guide/high-voltage/",
        "/deadline/?start=2026-09-30&by=days&days=10",
        "/deadline/?start=x&by=days&days=x",
        "/track/",
        "/sign-in/",
        "/outages/map/",
        "/outages/report/",
        "/outages/frequent/",
    ],
)
def test_public_pages(page: Page, site: str, path: str) -> None:
    holds(page, site + path)


def test_outages(page: Page, site: str) -> None:
    grid()
    outage = lives.restored()
    holds(page, f"{site}/outages/")
    holds(page, f"{site}/outages/{outage.number}/")


def test_an_application_and_its_desk(page: Page, site: str) -> None:
    case = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    for person, path in (
        (case.filed_by, f"/applications/{case.number}/"),
        (cast.wang(), "/admin/"),
        (cast.wang(), f"/admin/applications/application/{case.pk}/change/"),
        (cast.liu(), "/board/"),
    ):
        key = browser_of(person).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site}])
        holds(page, site + path)


@pytest.mark.parametrize("path", ["/", "/outages/", "/deadline/?by=days&days=10"])
def test_large_type(page: Page, site: str, path: str) -> None:
    page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    holds(page, site + path)


def test_the_button_works_without_a_script(plain_page: Page, live_server: Any) -> None:
    policies.load(at=NOW)
    page = plain_page
    page.goto(f"{live_server.url}/limits/")
    press(page.get_by_role("button", name="English"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Time limits")
    press(page.get_by_role("button", name="中文"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
