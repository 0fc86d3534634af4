"""Tracking pages in a real browser: accessible, quiet, fit for a phone."""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from applications.lifecycle import Status
from applications.models import Application
from applications.services import acceptance
from sla.models import Clock
from tests import cast
from tests.axe import violations
from tests.browsing import press
from tests.tracking.visits import browser_of, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 812}


@pytest.fixture(autouse=True)
def _policies(transactional_db: None) -> None:
    cast.laws()


def real_now() -> datetime:
    """Return the moment the live server lives in."""
    return datetime.now(cast.SHANGHAI)


def sign_in(page: Page, site: str, application: Application) -> None:
    cookie = browser_of(application.filed_by).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def paths() -> tuple[Application, list[str]]:
    """Return an applicant's pages in every state they can be in."""
    now = real_now()
    done = cast.walk(Status.ENERGISED, cast.HOSPITAL, moment=now)
    replied = cast.walk(Status.PLAN_REPLIED, cast.FACTORY, moment=now)
    building = cast.walk(Status.CONSTRUCTING, cast.DATA_CENTRE, moment=now)
    returned = cast.submitted(cast.SHOP, moment=now)
    acceptance.return_for_supplement(
        returned, by=cast.wang(), at=now, missing=["property"], note="缺页"
    )
    clock = Clock.objects.of(str(done.number)).filter(stage="total").get()
    return replied, [
        "/applications/",
        *(page_of(each) for each in (done, replied, building, returned)),
        f"{page_of(done)}why/{clock.pk}/",
        f"{page_of(replied)}plan/",
        f"{page_of(replied)}papers/",
        f"{page_of(replied)}confirm_plan/",
        f"{page_of(replied)}withdraw/",
        f"{page_of(returned)}supplement/",
        "/track/",
    ]


@pytest.mark.parametrize("large", [False, True])
def test_every_page_is_accessible_and_fits_a_phone(
    page: Page, live_server: Any, large: bool
) -> None:
    application, visited = paths()
    site = str(live_server.url)
    sign_in(page, site, application)
    if large:
        page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for path in visited:
        answer = page.goto(site + path)
        assert answer is not None
        assert answer.status == 200, path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], path
        assert violations(page) == [], path
    assert said == []


def test_the_status_renews_the_page_when_something_happened(
    page: Page, live_server: Any
) -> None:
    application = cast.submitted(cast.FACTORY, moment=real_now())
    site = str(live_server.url)
    sign_in(page, site, application)
    page.clock.install()
    page.goto(site + page_of(application))
    expect(page.locator("h1")).to_contain_text("正在审核")
    acceptance.accept(application, by=cast.wang(), at=real_now())
    page.clock.fast_forward("01:01")
    expect(page.locator("h1")).to_contain_text("编制供电方案")


def test_a_plan_is_confirmed_without_javascript(
    plain_page: Page, live_server: Any
) -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY, moment=real_now())
    page, site = plain_page, str(live_server.url)
    sign_in(page, site, application)
    page.goto(site + page_of(application))
    press(page.locator("text=确认供电方案 >> nth=0"))
    press(page.locator("button:has-text('确认供电方案')"))
    expect(page.get_by_role("main")).to_contain_text("供电方案已确认。")
    expect(page.locator("h1")).to_contain_text("请选择施工单位并登记")
