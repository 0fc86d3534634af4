"""The pages of outages in a real browser: accessible, quiet, by keyboard, no JS."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from outages.models import Outage
from sla.engine import SHANGHAI
from tests.axe import violations
from tests.browsing import enter, press
from tests.grid import grid
from tests.outages import lives

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)
SIZES = [(375, 812), (1440, 900)]


@pytest.fixture
def fault() -> Outage:
    """Return a fault of this hour, beside works of this week on another line."""
    grid()
    now = datetime.now(SHANGHAI).replace(microsecond=0)
    lives.announced(
        lives.SQUARE,
        starts_at=now + 30 * HOUR,
        ends_at=now + 34 * HOUR,
        late_reason="紧急缺陷",
        at=now,
    )
    return lives.fault(
        lives.LINE_ONE, moment=now - HOUR, estimated_at=now + HOUR, at=now
    )


PAGES: dict[str, Callable[[Outage], str]] = {
    "lists": lambda outage: "/outages/",
    "answer": lambda outage: "/outages/?q=海河花园",
    "choice": lambda outage: "/outages/?q=友谊路",
    "nothing": lambda outage: "/outages/?q=月亮湾",
    "refusal": lambda outage: "/outages/?q=",
    "one": lambda outage: f"/outages/{outage.number}/",
    "map": lambda outage: "/outages/map/",
    "data": lambda outage: "/outages/data/",
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_within_its_width(
    page: Page, live_server: Any, fault: Outage, name: str, size: tuple[int, int]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{live_server.url}{PAGES[name](fault)}")
    assert violations(page) == []
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_large_type_keeps_within_a_phone(
    page: Page, live_server: Any, fault: Outage
) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    page.context.add_cookies(
        [{"name": "large_type", "value": "1", "url": live_server.url}]
    )
    for find in PAGES.values():
        page.goto(f"{live_server.url}{find(fault)}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_district_is_reached_by_keyboard(
    page: Page, live_server: Any, fault: Outage
) -> None:
    page.goto(f"{live_server.url}/outages/map/")
    enter(page.locator("#inner-map a[aria-label^='河西区']"))
    expect(page).to_have_url(re.compile(r"/outages/\?district=120103"))
    expect(page.locator("#out")).to_contain_text("河西区正在停电")


def test_an_inner_district_is_large_enough_for_a_thumb(
    page: Page, live_server: Any, fault: Outage
) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{live_server.url}/outages/map/")
    shapes = page.locator("#inner-map .district polygon")
    expect(shapes).to_have_count(6)
    for shape in shapes.all():
        box = shape.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_the_question_is_answered_without_javascript(
    plain_page: Page, live_server: Any, fault: Outage
) -> None:
    page = plain_page
    page.goto(f"{live_server.url}/outages/")
    page.fill("#id_q", "友谊路12号")
    press(page.locator(".outage-search .btn"))
    expect(page.locator(".outage-top")).to_contain_text("正在停电")
    press(page.locator(".outage-where a"))
    expect(page.get_by_role("main")).to_contain_text(fault.number)
    page.goto(f"{live_server.url}/outages/map/")
    press(page.locator("#city-map a[aria-label^='蓟州区']"))
    expect(page.locator("#out")).to_contain_text("蓟州区正在停电")
