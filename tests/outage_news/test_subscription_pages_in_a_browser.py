"""Pages of subscriptions in a real browser: accessible, quiet, fit for a phone."""

import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from outages.models import Subscription
from outages.services import subscribing
from portal.notices.models import Message
from tests import cast
from tests.axe import violations
from tests.browsing import enter, press
from tests.grid import grid
from tests.tracking.test_tracking_pages_in_a_browser import PHONE
from tests.tracking.visits import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1440, "height": 900}


def sign_in(page: Page, site: str) -> None:
    cookie = browser_of(cast.zhang()).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def pages() -> list[str]:
    """Return every page of subscriptions, in every state."""
    net, at = grid(), datetime.now(cast.SHANGHAI)
    zhang = cast.zhang()
    home = subscribing.at_account(net.zhang_home)
    row = subscribing.by_sms(home, phone=str(zhang.phone), user=zhang, at=at)
    left = subscribing.in_app(home, user=zhang, at=at)
    subscribing.end(left, at=at)
    subscribing.in_app(home, user=zhang, at=at)
    return [
        "/outages/subscribe/",
        "/outages/subscribe/?q=友谊路",
        "/outages/subscribe/?q=没有这条路",
        f"/outages/subscribe/?premises={net.market_hall.pk}",
        f"/outages/subscriptions/{row.token}/?new=1",
        f"/outages/subscriptions/{left.token}/",
        "/outages/subscriptions/",
    ]


@pytest.mark.parametrize(
    ("size", "large"), [(PHONE, False), (PHONE, True), (DESK, False)]
)
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: Any, size: dict[str, int], large: bool
) -> None:
    visited, site = pages(), str(live_server.url)
    sign_in(page, site)
    if large:
        page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in visited:
        answer = page.goto(site + path)
        assert answer is not None
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations(page) == [], path
    assert said == []


def test_without_scripts_a_phone_subscribes_and_leaves(
    plain_page: Page, live_server: Any
) -> None:
    grid()
    page = plain_page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/outages/subscribe/")
    page.get_by_label("地址、小区或户号").fill("海河花园")
    press(page.get_by_role("button", name="查找"))
    press(page.get_by_role("link", name="友谊路12号海河花园"))
    page.get_by_label("手机号码").fill("13800000011")
    press(page.get_by_role("button", name="订阅", exact=True))
    page.get_by_label("短信验证码").fill(newest_code())
    press(page.get_by_role("button", name="确认订阅"))
    expect(page.get_by_role("main")).to_contain_text("订阅成功")
    press(page.get_by_role("button", name="退订"))
    expect(page.get_by_role("main")).to_contain_text("已退订")
    assert Subscription.objects.get().ended_at is not None


def newest_code() -> str:
    found = re.search(r"\d{6}", str(Message.objects.latest("pk").text))
    assert found is not None
    return found.group()


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    grid()
    page.goto(f"{live_server.url}/outages/subscribe/")
    asked = page.get_by_label("地址、小区或户号")
    asked.press_sequentially("友谊路12号")
    enter(asked)
    enter(page.get_by_role("link", name="友谊路12号海河花园"))
    phone = page.get_by_label("手机号码")
    phone.press_sequentially("13800000011")
    enter(phone)
    expect(page.get_by_label("短信验证码")).to_be_visible()


def test_a_browser_that_may_not_notify_says_what_to_do(
    page: Page, live_server: Any, settings: Any
) -> None:
    settings.PUSH_KEY = "ZGVtby1vbmx5LWJhbmRpYW4tcHVzaC1rZXktMDAwMDA"
    net = grid()
    page.goto(f"{live_server.url}/outages/subscribe/?premises={net.garden_gate.pk}")
    page.get_by_label("浏览器通知").check()
    page.get_by_role("button", name="订阅", exact=True).click()
    expect(page.get_by_text("浏览器没有允许通知")).to_be_visible()
    assert not Subscription.objects.exists()
