"""Another language or larger letters load the page anew; what was typed stays in it."""

import json
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, expect

from applications.lifecycle import Status
from portal.accounts.models import User
from sla.services import policies
from tests import cast
from tests.admin import desk
from tests.browsing import press
from tests.grid import grid
from tests.public.conftest import NOW
from tests.tracking.visits import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "sessionStorage.getItem('kept')"


@pytest.fixture
def site(live_server: Any) -> str:
    """Return the portal's address."""
    policies.load(at=NOW)
    return str(live_server.url)


def sign_in(page: Page, site: str, user: User) -> None:
    key = browser_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": key, "url": site}])


def english(page: Page) -> None:
    press(page.get_by_role("button", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def half_fill(page: Page, address: str) -> None:
    """Fill in part of a form without sending it."""
    page.goto(address)
    page.locator("[name=start]").fill("2026-13-40")
    page.locator("[name=by][value=days]").check()
    page.locator("[name=days]").fill("7")


def require_half_filled(page: Page) -> None:
    expect(page.locator("[name=start]")).to_have_value("2026-13-40")
    expect(page.locator("[name=by][value=days]")).to_be_checked()
    expect(page.locator("[name=days]")).to_have_value("7")
    assert page.evaluate(KEPT) is None, "for one page only"


def test_another_language(page: Page, site: str) -> None:
    half_fill(page, f"{site}/deadline/")

    english(page)
    require_half_filled(page)

    press(page.get_by_role("button", name="中文"))
    require_half_filled(page)


def test_larger_letters(page: Page, site: str) -> None:
    half_fill(page, f"{site}/deadline/")

    press(page.get_by_role("button", name="长者版"))

    expect(page.locator("html")).to_have_class("large-type")
    require_half_filled(page)


def test_a_form_that_was_sent_with_mistakes(page: Page, site: str) -> None:
    grid()
    page.goto(f"{site}/outages/subscribe/?q=海河花园")
    press(page.locator(".rows-title a").first)
    page.get_by_label("手机号码").fill("13800")
    press(page.get_by_role("button", name="订阅", exact=True))
    expect(page.get_by_role("alert")).to_be_visible()

    english(page)

    expect(page.locator("[name=phone]")).to_have_value("13800")


def test_the_desk_of_a_manager(page: Page, site: str) -> None:
    ticket = cast.walk(Status.ACCEPTED, cast.FACTORY)
    sign_in(page, site, cast.zhao())
    page.goto(site + desk.act_url(ticket, "reply_plan"))
    fields = page.locator("#content-main, main").locator(
        "input[type=text]:visible, textarea:visible"
    )
    for nth in range(fields.count()):
        fields.nth(nth).fill(f"填了一半{nth}")
    assert fields.count() > 0

    english(page)

    for nth in range(fields.count()):
        expect(fields.nth(nth)).to_have_value(f"填了一半{nth}")


def test_it_goes_to_no_other_page(page: Page, site: str) -> None:
    half_fill(page, f"{site}/deadline/")
    page.route("**/language/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="English").click()
    page.wait_for_function(f"{KEPT} !== null")

    page.goto(f"{site}/limits/")
    assert page.evaluate(KEPT) is None
    page.goto(f"{site}/deadline/")

    expect(page.locator("[name=days]")).to_have_value("")


# -- What is never kept ----------------------------------------------------------------
def ask_for_a_code(page: Page, site: str) -> None:
    """Get as far as the question for a code, and type half of one."""
    page.goto(f"{site}/sign-in/")
    page.get_by_label("手机号码").fill("13800000009")
    press(page.locator("main form button").first)
    page.locator("[name=code]").fill("123456")


def test_who_would_lose_a_code_is_asked_first(page: Page, site: str) -> None:
    ask_for_a_code(page, site)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    page.get_by_role("button", name="English").click()
    assert "不能保留" in asked[0]
    expect(page.locator("[name=code]")).to_have_value("123456")
    assert page.evaluate(KEPT) is None

    page.once("dialog", lambda dialog: dialog.accept())
    english(page)
    expect(page.locator("[name=code]")).to_have_value("")


def test_codes_and_hidden_fields_are_not_kept(page: Page, site: str) -> None:
    ask_for_a_code(page, site)
    page.once("dialog", lambda dialog: dialog.accept())
    page.route("**/language/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="English").click()
    page.wait_for_function(f"{KEPT} !== null")

    names = [key.split(" ")[0] for key, _ in json.loads(page.evaluate(KEPT))["typed"]]

    assert "code" not in names
    assert "csrfmiddlewaretoken" not in names
    assert "123456" not in page.evaluate(KEPT)


# -- Without scripts -------------------------------------------------------------------
def test_without_scripts_the_buttons_work_as_before(
    plain_page: Page, site: str
) -> None:
    half_fill(plain_page, f"{site}/deadline/")

    english(plain_page)

    expect(plain_page.locator("[name=days]")).to_have_value("")
