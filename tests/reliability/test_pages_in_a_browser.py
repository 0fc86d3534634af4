"""The published page and the board in a real browser: accessible, fit, without JS."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from outages.models import Outage
from outages.services import publication
from tests.axe import violations
from tests.browsing import press
from tests.cast import at, liu, sun
from tests.reliability.history import cut, town
from tests.supervision.world import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = ["/outages/reliability/", "/outages/reliability/?year=2024&level=low"]
BOARD = [
    "/board/outages/?period=custom&first=2024-01-01&last=2024-12-31",
    "/board/outages/list/?figure=hours&period=custom&first=2024-01-01&last=2024-12-31",
    "/board/outages/list/?figure=out",
]


@pytest.fixture
def site(live_server: Any) -> str:
    place = town()
    now = at("2025-02-01", "12:00")
    for day in range(1, 29):
        cut(place.homes, at(f"2024-02-{day:02}"), timedelta(hours=2))
        cut(place.square, at(f"2023-02-{day:02}"), timedelta(hours=5), cause="weather")
        cut(place.village, at(f"2024-07-{day:02}"), timedelta(minutes=90), cause="")
    row = cut(place.square, at("2024-08-01"), timedelta(hours=4), kind="planned")
    Outage.objects.filter(pk=row.outage_id).update(
        published_at=at("2024-07-30"), starts_at=at("2024-08-01"), late_notice=True,
        area_text="和平区：T-6台区",
    )  # fmt: skip
    for year in (2023, 2024):
        publication.publish(year, city="120000", by=sun(), at=now)
    return str(live_server.url)


def let_in(context: BrowserContext, site: str) -> None:
    session = signed_in(liu()).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


@pytest.mark.parametrize("width", [375, 1440])
def test_pages_are_accessible_quiet_and_fit(page: Page, site: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    let_in(page.context, site)
    for path in [*PUBLIC, *BOARD]:
        page.goto(site + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert violations(page) == [], path
        assert said == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_chart_says_what_the_table_says_and_leads_on(page: Page, site: str) -> None:
    let_in(page.context, site)
    page.goto(site + BOARD[0])

    chart = page.locator("[data-outage-chart=saidi]")

    expect(chart.locator("svg")).to_have_count(1)
    expect(chart).to_have_attribute("aria-label", re.compile("户均停电时间"))


def test_figures_lead_on_without_javascript(plain_page: Page, site: str) -> None:
    page = plain_page
    let_in(page.context, site)
    page.goto(site + BOARD[0])
    link = page.locator(".heap", has_text="迟公告").first
    number = link.locator(".heap-count").inner_text()

    press(link)

    expect(page.locator(".board-count")).to_have_text(f"{number} 条")
