"""The boards in a real browser: accessible, quiet, fit for a phone, and without JS."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from applications.models import Application
from portal.supervision.services import freezing
from tests import cast
from tests.axe import violations
from tests.browsing import press
from tests.supervision import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/board/?period=ever",
    "/board/?period=ever&basis=whole&sort=-region.met",
    "/board/clocks/?period=ever&bucket=judged",
    "/board/cases/?bucket=open",
    "/board/cases/?period=ever&bucket=done",
]


@pytest.fixture
def site(live_server: Any) -> str:
    cast.laws()
    world.filed(cast.HOME, "2026-07-06", steps=6)
    world.filed(cast.SCHOOL, "2026-07-07", steps=3)
    world.filed(cast.FACTORY, "2026-07-20", steps=2, gap=3)
    freezing.run(at=world.NOW)
    return str(live_server.url)


def let_in(context: BrowserContext, site: str) -> None:
    """Give a browser the session of 刘监管."""
    session = world.signed_in(cast.liu()).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


@pytest.mark.parametrize("width", [375, 1440])
def test_pages_are_accessible_quiet_and_fit(page: Page, site: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    let_in(page.context, site)
    number = Application.objects.exclude(number=None)[0].number
    for path in [*PATHS, f"/board/tickets/{number}/"]:
        page.goto(site + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert violations(page) == [], path
        assert said == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_large_type_fits_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    let_in(page.context, site)
    page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    for path in PATHS:
        page.goto(site + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path


def test_charts_show_what_the_tables_say_and_lead_on(page: Page, site: str) -> None:
    let_in(page.context, site)
    page.goto(f"{site}/board/?period=ever")
    chart = page.locator("[data-chart=stage]")
    expect(chart.locator("svg")).to_have_count(1)
    expect(chart).to_have_attribute("aria-label", re.compile("业务受理：按时"))
    press(chart.locator("path[fill='#00706b']").nth(1))
    expect(page).to_have_url(re.compile("/board/clocks/.*bucket=judged"))


def test_the_filter_and_the_figures_work_without_javascript(
    plain_page: Page, site: str
) -> None:
    page = plain_page
    let_in(page.context, site)
    page.goto(f"{site}/board/")
    page.select_option("#id_period", "ever")
    page.select_option("#id_district", cast.HEXI)
    press(page.locator(".board-filter .btn"))
    expect(page).to_have_url(re.compile("period=ever"))
    link = page.locator("#rate-stage ~ .rate-figure a")
    number = link.inner_text().removeprefix("n = ")
    press(link)
    expect(page.locator(".board-count")).to_have_text(f"{number} 条")
    expect(page).to_have_url(re.compile(f"district={cast.HEXI}"))
    press(page.locator("tbody a >> nth=0"))
    expect(page).to_have_url(re.compile("/board/tickets/"))


def test_dates_are_asked_for_only_where_they_count(page: Page, site: str) -> None:
    let_in(page.context, site)
    page.goto(f"{site}/board/")
    expect(page.locator("#id_first")).to_be_hidden()
    page.select_option("#id_period", "custom")
    expect(page.locator("#id_first")).to_be_visible()
