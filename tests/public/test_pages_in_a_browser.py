"""The public pages in a real browser: accessible, quiet, fit for a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sla.services import policies
from tests.axe import violations
from tests.browsing import press
from tests.public.conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/",
    "/limits/?region=370800",
    "/deadline/?start=2026-09-30&by=days&days=10",
    "/deadline/?start=x&by=days&days=x",
    "/guide/high-voltage/",
]
PHONE = {"width": 375, "height": 812}


@pytest.fixture
def site(live_server: Any) -> str:
    policies.load(at=NOW)
    return str(live_server.url)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_fits_a_phone(
    page: Page, site: str, path: str, large: bool
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    if large:
        page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    page.goto(site + path)
    assert violations(page) == []
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_large_type_is_at_least_eighteen_pixels_with_large_targets(
    page: Page, site: str
) -> None:
    page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    page.goto(f"{site}/deadline/")
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("body *")]
            .filter(e => e.offsetParent && [...e.childNodes].some(
                n => n.nodeType === 3 && n.textContent.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 18
    lowest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(
            "button, .form-control, .form-select, .tool")]
            .filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height))"""
    )
    assert lowest >= 44


def test_the_errors_take_the_focus(page: Page, site: str) -> None:
    page.goto(f"{site}/deadline/?start=x&by=days&days=x")
    expect(page.locator(".error-summary")).to_be_focused()
    page.click(".error-summary a")
    expect(page.locator("#id_start")).to_be_focused()


def test_the_calculator_and_large_type_work_without_javascript(
    plain_page: Page, site: str
) -> None:
    page = plain_page
    page.goto(f"{site}/deadline/")
    page.fill("#id_start", "2026-09-30")
    page.check("#id_by_1")
    page.fill("#id_days", "10")
    press(page.locator(".calculator-form .btn"))
    expect(page.locator("#answer")).to_contain_text("2026年10月20日（周二）")
    press(page.locator("text=长者版"))
    expect(page.locator("html")).to_have_class("large-type")
    expect(page.locator("#answer")).to_contain_text("2026年10月20日（周二）")


def test_the_menu_opens_by_keyboard_and_closes_by_escape(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(site)
    page.focus(".site-menu summary")
    page.keyboard.press("Enter")
    expect(page.locator(".site-nav-narrow")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".site-nav-narrow")).to_be_hidden()
