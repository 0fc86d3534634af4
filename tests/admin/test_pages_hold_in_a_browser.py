"""In a real browser: strict CSP, no sideways scrolling, WCAG 2.1 AA, keyboard alone."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from applications.lifecycle import Status
from applications.models import Application
from tests import cast
from tests.admin import desk
from tests.axe import violations
from tests.browsing import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.body.scrollWidth <= document.documentElement.clientWidth"


def let_in(page: Page, address: str, client: Client) -> None:
    """Give a browser this person's session."""
    name = settings.SESSION_COOKIE_NAME
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": address}
    page.context.add_cookies([cookie])


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
    live_server: Any, page: Page, width: int
) -> None:
    found = some()
    let_in(page, live_server.url, desk.sign_in(cast.zhao()))
    page.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(f"{m.type}: {m.text}"))
    for address in addresses(found):
        page.goto(live_server.url + address)
        assert page.evaluate(FITS), address
        assert violations(page) == [], address
    assert complaints == []


def test_a_ticket_is_accepted_with_the_keyboard_alone_and_no_script(
    live_server: Any, plain_page: Page
) -> None:
    application, page = cast.submitted(), plain_page
    let_in(page, live_server.url, desk.sign_in(cast.wang()))
    page.goto(live_server.url + "/admin/")
    for name in (str(application.number), "受理"):
        enter(page.get_by_role("link", name=name, exact=True))
    page.get_by_label("受理意见").press_sequentially("材料齐全")
    enter(page.get_by_role("button", name="受理", exact=True))
    expect(page.get_by_text("已办理“受理”")).to_be_visible()
    application.refresh_from_db()
    assert application.status == Status.ACCEPTED
    assert application.events.get(action="accept").note == "材料齐全"


def test_what_is_wrong_is_read_first_and_leads_to_its_field(
    live_server: Any, page: Page
) -> None:
    application = cast.submitted()
    let_in(page, live_server.url, desk.sign_in(cast.wang()))
    page.goto(live_server.url + desk.act_url(application, "refuse"))
    enter(page.get_by_role("button", name="不予受理", exact=True))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.press("Enter")
    expect(page.get_by_label("不予受理的原因")).to_be_focused()


def test_a_button_pressed_twice_acts_once_and_says_so(
    live_server: Any, page: Page
) -> None:
    application = cast.submitted()
    let_in(page, live_server.url, desk.sign_in(cast.wang()))
    page.goto(live_server.url + desk.act_url(application, "accept"))
    with page.expect_navigation():
        page.get_by_role("button", name="受理", exact=True).dblclick()
    expect(page.get_by_text("已办理“受理”")).to_be_visible()
    expect(page.get_by_text("请看过最新情况再办理")).to_have_count(0)
    assert application.events.filter(action="accept").count() == 1
