"""Reporting and following a repair in a real browser: for a phone, a keyboard, axe."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from outages.models import FaultReport
from outages.services import network, repairing
from portal.accounts.models import User
from tests import cast
from tests.axe import violations
from tests.browsing import enter, press
from tests.grid import Grid
from tests.repairs.desk import crew, fault, order_of, reported
from tests.repairs.pages import browser_of, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 812}


def real_now() -> datetime:
    """Return the moment the live server lives in."""
    return datetime.now(cast.SHANGHAI)


def sign_in(page: Page, site: str, user: User) -> None:
    cookie = browser_of(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def fits(page: Page) -> None:
    """Assert that the page that is open is accessible and no wider than a phone."""
    assert violations(page) == [], page.url
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], page.url


def a_busy_evening(net: Grid) -> list[FaultReport]:
    """Return reports in every state a page can show."""
    now = real_now()
    ago = now - timedelta(minutes=33)
    coming = reported(net, at=ago, phone="13800000001", importance="medical")
    order = order_of(coming)
    hoped = now + timedelta(minutes=60)
    team, wang = crew(), cast.wang()
    repairing.dispatch(order, crew=team, estimated_at=hoped, by=wang, at=ago)
    repairing.estimate(
        order, estimated_at=hoped + timedelta(hours=1), reason="开挖", by=wang, at=ago
    )
    danger = reported(net, trouble="danger", premises=net.market_hall, at=ago)
    lamp = reported(net, trouble="street_light", place="路口", at=ago)
    fault(net, "T-YY2-01", at=now)
    village = network.add_premises(transformer=net.village, address="小杨庄18号")
    known = reported(net, premises=village, place="小杨庄18号", at=now)
    dismissed = reported(net, premises=None, place="海河边", at=ago)
    repairing.dismiss(order_of(dismissed), reason="空开跳闸", by=wang, at=now)
    return [coming, danger, lamp, known, dismissed]


@pytest.mark.parametrize("large", [False, True])
def test_every_page_is_accessible_and_fits_a_phone(
    page: Page, live_server: Any, shared_net: Grid, large: bool
) -> None:
    reports, site = a_busy_evening(shared_net), str(live_server.url)
    if large:
        page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{site}/outages/report/")
    fits(page)
    press(page.locator("text=电线掉落、冒火花"))
    fits(page)
    press(page.locator("main button:has-text('下一步')"))
    expect(page.locator(".error-summary")).to_contain_text("请填写地址或户号")
    fits(page)
    page.fill("[name=place]", "友谊路12号3门")
    press(page.locator("main button:has-text('下一步')"))
    fits(page)
    press(page.locator("text=友谊路12号海河花园"))
    page.click("text=加照片或说明")
    fits(page)
    for report in reports:
        page.goto(site + page_of(report))
        fits(page)
    assert said == []


def test_the_desk_is_accessible_and_fits_a_phone(
    page: Page, live_server: Any, shared_net: Grid
) -> None:
    reports, site = a_busy_evening(shared_net), str(live_server.url)
    sign_in(page, site, cast.zhao())
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    order = order_of(reports[0])
    desk = f"{site}/admin/outages/repairorder/"
    for path in ("", f"{order.pk}/change/", f"{order.pk}/act/redispatch/"):
        page.goto(desk + path)
        fits(page)


def test_a_fault_is_reported_without_javascript(
    plain_page: Page, live_server: Any, shared_net: Grid
) -> None:
    page = plain_page
    page.goto(f"{live_server.url}/outages/report/")
    press(page.locator("text=只有我家没电"))
    page.fill("[name=place]", "友谊路12号3门401")
    press(page.locator("main button:has-text('下一步')"))
    press(page.locator("text=友谊路12号海河花园"))
    page.fill("[name=phone]", "13800000001")
    press(page.locator("main button:has-text('提交报修')"))
    expect(page.locator("h1")).to_contain_text("已受理，正在派人")
    report = FaultReport.objects.get()
    expect(page.get_by_role("main")).to_contain_text(report.number)
    press(page.locator("text=刷新"))
    expect(page.get_by_role("main")).to_contain_text("友谊路12号3门401")


def test_a_fault_is_reported_by_keyboard(
    page: Page, live_server: Any, shared_net: Grid
) -> None:
    page.goto(f"{live_server.url}/outages/report/")
    enter(page.locator("a.picture >> nth=1"))
    expect(page).to_have_url(re.compile("trouble=building$"))
    place = page.locator("[name=place]")
    place.press_sequentially("1200000001")
    enter(place)
    expect(page).to_have_url(re.compile("/details/$"))
    enter(page.locator("[name=phone]"))
    expect(page).to_have_url(re.compile("/reports/BX-[^/]*/$"))
    assert FaultReport.objects.get().account == shared_net.zhang_home


def test_the_status_renews_the_page_when_something_happened(
    page: Page, live_server: Any, shared_net: Grid
) -> None:
    report = reported(shared_net, at=real_now())
    page.clock.install()
    page.goto(str(live_server.url) + page_of(report))
    expect(page.locator("h1")).to_contain_text("已受理，正在派人")
    repairing.dispatch(order_of(report), crew=crew(), by=cast.wang(), at=real_now())
    page.clock.fast_forward("00:31")
    expect(page.locator("h1")).to_contain_text("抢修人员正在路上")
