"""In a real browser: strict CSP, no sideways scrolling, WCAG 2.1 AA, keyboard alone."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from applications.lifecycle import Status
from applications.models import Application
from tests import cast
from tests.admin import desk
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.body.scrollWidth <= document.documentElement.clientWidth"


def opened(
    browser: Browser, address: str, client: Client, width: int, **options: Any
) -> Page:
    """Return a page of a browser that carries this person's session."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    name = settings.SESSION_COOKIE_NAME
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": address}
    context.add_cookies([cookie])
    return context.new_page()


def some() -> dict[str, Application]:
    """File what makes every kind of page."""
    return {
        "home": cast.submitted(),
        "factory": cast.walk(Status.ACCEPTED, cast.FACTORY),
        "done": cast.walk(Status.ARCHIVED, cast.SHOP),
    }


def addresses(found: dict[str, Application]) -> list[str]:
    """Return the pages a manager works with all day."""
    done = desk.ticket_url(found["done"])
    return [
        "/admin/",
        "/admin/applications/application/?queue=all",
        "/admin/applications/application/search/",
        desk.ticket_url(found["home"]),
        desk.act_url(found["home"], "return_for_supplement"),
        desk.act_url(found["factory"], "reply_plan"),
        done,
        done.replace("/change/", "/history/"),
    ]


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_calm_and_accessible(
    live_server: Any, browser: Browser, width: int
) -> None:
    found, client = some(), desk.sign_in(cast.zhao())
    page = opened(browser, live_server.url, client, width)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(f"{m.type}: {m.text}"))
    for address in addresses(found):
        page.goto(live_server.url + address)
        assert page.evaluate(FITS), address
        assert violations(page) == [], address
    assert complaints == []


def test_a_ticket_is_accepted_with_the_keyboard_alone_and_no_script(
    live_server: Any, browser: Browser
) -> None:
    application, client = cast.submitted(), desk.sign_in(cast.wang())
    page = opened(browser, live_server.url, client, 1440, java_script_enabled=False)
    page.goto(live_server.url + "/admin/")
    for name in (str(application.number), "受理"):
        page.get_by_role("link", name=name, exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.get_by_label("受理意见").focus()
    page.keyboard.type("材料齐全")
    page.get_by_role("button", name="受理", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已办理“受理”")).to_be_visible()
    application.refresh_from_db()
    assert application.status == Status.ACCEPTED
    assert application.events.get(action="accept").note == "材料齐全"
