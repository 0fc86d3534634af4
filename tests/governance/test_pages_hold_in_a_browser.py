"""In a real browser: no sideways scrolling, WCAG 2.1 AA, silent console, no script."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.browsing import enter, press
from tests.cast import at, sun
from tests.governance.pages import desk_of, public_page, signed_in
from tests.governance.world import case_of, cut_on, observe
from tests.grid import Grid, grid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
FOUR = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
LIST = "/admin/outages/governancecase/"


def world() -> Grid:
    """Cut so that there is a case to plan, one under observation, and a near miss."""
    network = grid()
    cut_on(network.garden, *FOUR)
    cut_on(network.school, *FOUR)
    cut_on(network.market, *FOUR[:3])
    observe(case_of(network.school), at("2026-09-01"))
    return network


def addresses(network: Grid) -> list[str]:
    opened, observed = case_of(network.garden), case_of(network.school)
    return [
        "/outages/frequent/",
        public_page(opened),
        public_page(observed),
        LIST,
        f"{LIST}near/",
        desk_of(opened, "plan"),
        desk_of(observed),
    ]


def cookie(url: str) -> Any:
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": signed_in(sun()).cookies[name].value, "url": url}


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_calm_and_accessible(
    live_server: Any, page: Page, width: int
) -> None:
    network = world()
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([cookie(live_server.url)])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in addresses(network):
        page.goto(live_server.url + address)
        assert page.evaluate(FITS), address
        assert violations(page) == [], address
    assert said == []


def test_a_plan_is_made_without_script_by_keyboard(
    live_server: Any, plain_page: Page
) -> None:
    case = case_of(world().garden)
    page = plain_page
    page.context.add_cookies([cookie(live_server.url)])
    page.goto(live_server.url + desk_of(case))
    enter(page.get_by_role("link", name="制定治理方案"))
    page.get_by_label("治理措施").fill("更换电缆")
    page.get_by_label("计划完成日期").fill("2099-10-01")
    page.get_by_label("责任人").select_option(label="Y0001 孙运维")
    enter(page.get_by_role("button", name="制定治理方案"))
    expect(page.get_by_text("已办理“制定治理方案”")).to_be_visible()
    case.refresh_from_db()
    assert case.status == "planned"


def test_the_list_is_filtered_without_script(
    live_server: Any, plain_page: Page
) -> None:
    world()
    page = plain_page
    page.goto(f"{live_server.url}/outages/frequent/")
    page.get_by_label("只看").select_option(label="和平区")
    press(page.get_by_role("button", name="显示"))
    expect(page.get_by_text("没有正在治理的线路、台区")).to_be_visible()
