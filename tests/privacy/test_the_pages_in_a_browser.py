"""我的信息 in a real browser: accessible, fit for a phone, done by keyboard alone."""

import re
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.notices.models import Message
from tests import cast
from tests.axe import violations
from tests.browsing import enter, press
from tests.tracking.visits import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 812}
DESK = {"width": 1440, "height": 900}


def come_in(page: Page, site: str) -> None:
    """Let 张大爷 come with a session that is a while old."""
    cookie = browser_of(cast.zhang()).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def code() -> str:
    """Return the digits of the latest text."""
    text = Message.objects.filter(channel="sms").latest("pk").text
    return re.findall(r"\d{6}", text)[0]


def prove(page: Page) -> None:
    """Give the code that is asked for."""
    press(page.get_by_role("button", name="获取验证码"))
    field = page.get_by_label("短信验证码")
    expect(field).to_be_visible()
    field.fill(code())
    press(page.get_by_role("button", name="确认", exact=True))


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: Any, size: Any
) -> None:
    site = str(live_server.url)
    cast.laws()
    come_in(page, site)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size(size)

    def look(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations(page) == [], heading

    page.goto(f"{site}/me/")
    look("我的信息")
    press(page.get_by_role("link", name="注销账号"))
    look("确认是您本人")
    press(page.get_by_role("button", name="获取验证码"))
    expect(page.get_by_label("短信验证码")).to_be_visible()
    look("确认是您本人")
    page.get_by_label("短信验证码").fill(code())
    press(page.get_by_role("button", name="确认", exact=True))
    look("注销账号")
    press(page.get_by_role("button", name="注销账号"))
    expect(page.get_by_role("alert")).to_contain_text("请先勾选")
    look("注销账号")
    page.goto(f"{site}/me/copy/")
    look("下载我的信息")
    page.goto(f"{site}/me/phone/")
    look("更换手机号码")
    assert said == []


def test_a_copy_is_saved_as_a_file(page: Page, live_server: Any) -> None:
    come_in(page, str(live_server.url))
    page.goto(f"{live_server.url}/me/")
    press(page.get_by_role("link", name="下载我的信息"))
    prove(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename.startswith("我的信息-")
    with ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["我的信息.xlsx", "我的信息.json"]


def test_an_account_is_closed_by_keyboard_without_scripts(
    plain_page: Page, live_server: Any
) -> None:
    page = plain_page
    come_in(page, str(live_server.url))
    page.goto(f"{live_server.url}/me/")
    enter(page.get_by_role("link", name="注销账号"))
    enter(page.get_by_role("button", name="获取验证码"))
    page.get_by_label("短信验证码").fill(code())
    enter(page.get_by_role("button", name="确认", exact=True))
    page.get_by_label("确认注销账号").press("Space")
    enter(page.get_by_role("button", name="注销账号"))
    expect(page.get_by_role("heading", level=1)).to_have_text("账号已注销")
    assert not User.objects.get(username="zhang").is_active
