"""The boards in a real browser: accessible, quiet, fit for a phone, and without JS."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from applications.models import Application
from portal.supervision.services import freezing
from tests import cast
from tests.axe import violations
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
    cast.laws(cast.at("2026-06-01"))
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
    assert chart.locator("svg").count() == 1
    assert "业务受理：按时" in (chart.get_attribute("aria-label") or "")
    chart.locator("path[fill='#00706b']").nth(1).click()
    page.wait_for_url("**/board/clocks/**")
    assert "bucket=judged" in page.url


def test_the_filter_and_the_figures_work_without_javascript(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    let_in(context, site)
    page = context.new_page()
    page.goto(f"{site}/board/")
    page.select_option("#id_period", "ever")
    page.select_option("#id_district", cast.HEXI)
    page.click(".board-filter .btn")
    page.wait_for_url("**period=ever**")
    link = page.locator("#rate-stage ~ .rate-figure a")
    number = link.inner_text().removeprefix("n = ")
    link.click()
    expect(page.locator(".board-count")).to_have_text(f"{number} 条")
    assert f"district={cast.HEXI}" in page.url
    page.click("tbody a >> nth=0")
    page.wait_for_url("**/board/tickets/**")
    context.close()


def test_dates_are_asked_for_only_where_they_count(page: Page, site: str) -> None:
    let_in(page.context, site)
    page.goto(f"{site}/board/")
    assert not page.is_visible("#id_first")
    page.select_option("#id_period", "custom")
    assert page.is_visible("#id_first")
