"""The whole way in a real browser: accessible, quiet, with and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from applications.models import Application, Document
from tests import cast
from tests.applications import files
from tests.axe import violations
from tests.browsing import press
from tests.filing import walking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 812}


@pytest.fixture
def photograph(tmp_path: Path) -> str:
    path = tmp_path / "执照.jpg"
    path.write_bytes(files.photograph())
    return str(path)


@pytest.fixture
def heic(tmp_path: Path) -> str:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(files.half_a_heic())
    return str(path)


def signed_in(page: Page, site: str) -> None:
    """Let 陈老板 be signed in in this browser."""
    browser = walking.browser_of(cast.chen())
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert Session.objects.filter(pk=key).exists()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}]
    )


def look(page: Page) -> None:
    """Hold a page against WCAG 2.2 AA and the width of a phone."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def go_on(page: Page) -> None:
    press(page.get_by_role("button", name="保存并继续"))


def answer_questions(page: Page, site: str, see: Callable[[Page], None]) -> None:
    """Answer everything up to the papers, looking at each page."""
    page.goto(f"{site}/apply/")
    see(page)
    press(page.get_by_role("button", name="开始填写"))
    see(page)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("请选择谁用电")
    expect(page.get_by_role("alert")).to_be_focused()
    see(page)
    page.get_by_label("个体工商户或民营企业").check()
    page.get_by_label("电用来做什么").fill("开小超市")
    go_on(page)
    see(page)
    page.get_by_label("小超市").check()
    go_on(page)
    see(page)
    page.get_by_label("在哪个区").select_option("河西区")
    page.get_by_label("详细地址").fill("友谊路12号底商3号")
    go_on(page)
    see(page)
    page.get_by_label("单位名称").fill("天津海河便利店")
    page.get_by_label("证件号码").fill("91350100M000100Y43")
    page.get_by_label("联系人").fill("陈志强")
    go_on(page)


@pytest.mark.parametrize("large", [False, True], ids=["plain", "长者版"])
def test_from_the_start_to_the_number(
    page: Page, live_server: Any, photograph: str, heic: str, large: bool
) -> None:
    site = str(live_server.url)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    if large:
        page.context.add_cookies([{"name": "large_type", "value": "1", "url": site}])
    signed_in(page, site)
    answer_questions(page, site, look)
    look(page)

    licence = page.locator("#paper-business_licence")
    page.set_input_files("#business_licence_upload", heic)
    expect(licence.locator(".field-error")).to_contain_text("兼容性最佳")
    look(page)
    page.set_input_files("#business_licence_upload", photograph)
    expect(licence.get_by_role("link", name="执照.jpg")).to_be_focused()
    page.set_input_files(
        "#legal_person_identity_upload", [photograph, photograph, photograph]
    )
    expect(page.locator("#paper-legal_person_identity .files li")).to_have_count(3)
    page.locator("#later_property").check()
    page.get_by_label("我同意上面的承诺").check()
    look(page)
    go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("核对信息")
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name="确认并提交申请").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("申请已提交")
    look(page)
    filed = Application.objects.get()
    expect(page.locator("[data-number]")).to_have_text(str(filed.number))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("申请已提交")
    assert Document.objects.count() == 4
    assert said == []


def test_without_scripts(plain_page: Page, live_server: Any, photograph: str) -> None:
    page, site = plain_page, str(live_server.url)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    signed_in(page, site)
    answer_questions_plainly(page, site)
    for kind in ("business_licence", "legal_person_identity", "property"):
        page.set_input_files(f"#{kind}_upload", photograph)
        press(page.locator(f"#paper-{kind}").get_by_role("button", name="上传"))
    go_on(page)
    press(page.get_by_role("button", name="确认并提交申请"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("申请已提交")
    assert Application.objects.filed().count() == 1


def answer_questions_plainly(page: Page, site: str) -> None:
    """Answer with the little sum, which needs no script either."""
    page.goto(f"{site}/apply/")
    press(page.get_by_role("button", name="开始填写"))
    page.get_by_label("个体工商户或民营企业").check()
    page.get_by_label("电用来做什么").fill("开小超市")
    go_on(page)
    page.get_by_text("按电器算一算").click()
    page.get_by_label("冷柜、展示柜").fill("6")
    press(page.get_by_role("button", name="算一算"))
    expect(page.get_by_role("status")).to_contain_text("建议申请 4 千瓦")
    go_on(page)
    page.get_by_label("在哪个区").select_option("河西区")
    page.get_by_label("详细地址").fill("友谊路12号底商3号")
    go_on(page)
    page.get_by_label("单位名称").fill("天津海河便利店")
    page.get_by_label("证件号码").fill("91350100M000100Y43")
    page.get_by_label("联系人").fill("陈志强")
    go_on(page)


def test_typing_a_number_chooses_it(page: Page, live_server: Any) -> None:
    site = str(live_server.url)
    signed_in(page, site)
    page.goto(f"{site}/apply/")
    press(page.get_by_role("button", name="开始填写"))
    page.get_by_label("个体工商户或民营企业").check()
    page.get_by_label("电用来做什么").fill("开小超市")
    go_on(page)
    number = page.get_by_label("需要多少千瓦", exact=True)
    expect(number).to_be_hidden()

    page.get_by_label("我知道要多少千瓦").check()
    number.fill("23")
    go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("在哪里用电")
    assert Application.objects.get().capacity_kw == 23


def test_a_connection_that_breaks_off_says_so(
    page: Page, live_server: Any, photograph: str
) -> None:
    site = str(live_server.url)
    signed_in(page, site)
    answer_questions(page, site, lambda _page: None)
    expect(page.get_by_role("heading", level=1)).to_have_text("上传材料")
    page.context.set_offline(True)

    page.set_input_files("#business_licence_upload", photograph)

    says = page.locator("#paper-business_licence [data-says]")
    expect(says).to_contain_text("网络中断")
    page.context.set_offline(False)
    page.set_input_files("#business_licence_upload", [])
    page.set_input_files("#business_licence_upload", photograph)
    expect(page.locator("#paper-business_licence .files li")).to_have_count(1)


def test_what_was_sent_before_a_connection_broke_is_shown_as_kept(
    page: Page, live_server: Any, photograph: str
) -> None:
    site = str(live_server.url)
    signed_in(page, site)
    answer_questions(page, site, lambda _page: None)
    sent: list[str] = []

    def second_breaks(route: Route) -> None:
        sent.append(route.request.url)
        if len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/documents/business_licence/", second_breaks)
    page.set_input_files("#business_licence_upload", [photograph] * 3)

    paper = page.locator("#paper-business_licence")
    expect(paper.locator("[data-says]")).to_contain_text("网络中断")
    expect(paper.locator(".files li")).to_have_count(1)
    expect(page.locator("#business_licence_upload")).to_be_focused()


def test_the_summary_leads_to_each_paper_until_it_has_come(
    page: Page, live_server: Any, photograph: str
) -> None:
    site = str(live_server.url)
    signed_in(page, site)
    answer_questions(page, site, lambda _page: None)
    go_on(page)
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert violations(page) == []

    summary.get_by_role("link", name="营业执照").press("Enter")
    expect(page.locator("#business_licence_upload")).to_be_focused()
    page.set_input_files("#business_licence_upload", photograph)

    expect(page.locator("#paper-business_licence .files li")).to_have_count(1)
    expect(summary.get_by_role("link", name="营业执照")).to_have_count(0)
    expect(summary.get_by_role("link", name="法定代表人")).to_have_count(1)
    for kind in ("legal_person_identity", "property"):
        page.set_input_files(f"#{kind}_upload", photograph)
        expect(page.locator(f"#paper-{kind} .files li")).to_have_count(1)
    expect(summary).to_have_count(0)


def test_going_on_waits_for_a_file_that_is_still_on_its_way(
    page: Page, live_server: Any, photograph: str
) -> None:
    site = str(live_server.url)
    signed_in(page, site)
    answer_questions(page, site, lambda _page: None)
    under_way: list[Route] = []
    page.route("**/documents/business_licence/", lambda route: under_way.append(route))
    page.set_input_files("#business_licence_upload", photograph)

    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator("[data-waits]")).to_contain_text("传完后自动继续")
    assert len(under_way) == 1
    with page.expect_navigation():
        under_way[0].continue_()

    expect(page.locator("#paper-business_licence .files li")).to_have_count(1)
    expect(page.locator(".error-summary")).to_contain_text("法定代表人身份证件")
    expect(page.locator(".error-summary")).not_to_contain_text("营业执照")
