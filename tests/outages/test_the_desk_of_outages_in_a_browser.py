"""In a real browser: no sideways scrolling, WCAG 2.1 AA, silent console, no script."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from outages.models import Outage
from outages.services import running
from outages.services.drafting import Debt
from outages.vocabulary import OutageKind
from tests.axe import violations
from tests.browsing import enter
from tests.cast import sun
from tests.grid import grid, zhou
from tests.outages.lives import GARDEN, LINE_ONE, SCHOOL, ZHANG_HOME, drafted, fault

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LIST = "/admin/outages/outage/"
HOUR = timedelta(hours=1)


def _world() -> list[Outage]:
    """Two drafts that could share one outage, a fault that is out, and arrears."""
    grid()
    now = datetime.now(UTC).replace(microsecond=0)
    for days in (40, 30, 20):
        moment = now - timedelta(days=days)
        running.restore(fault(moment=moment), by=zhou(), at=moment + HOUR)
    soon = now + timedelta(days=9)
    first = drafted(
        LINE_ONE, starts_at=soon, ends_at=soon + HOUR, at=now, works=["换变压器"]
    )
    later = soon + timedelta(days=9)
    drafted(GARDEN, SCHOOL, starts_at=later, ends_at=later + HOUR, at=now)
    out = fault(GARDEN, SCHOOL, moment=now - HOUR)
    owed = drafted(
        ZHANG_HOME, kind=OutageKind.ARREARS, starts_at=soon, ends_at=None, at=now,
        arrears=Debt((now - timedelta(days=50)).date(), (now.date(),), True),
    )  # fmt: skip
    return [first, out, owed]


def _cookie(url: str) -> Any:
    client = Client()
    client.force_login(sun())
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_calm_and_accessible(
    live_server: Any, page: Page, width: int
) -> None:
    first, out, owed = _world()
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([_cookie(live_server.url)])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in (
        LIST, f"{LIST}add/", f"{LIST}fault/", f"{LIST}{first.pk}/change/",
        f"{LIST}{first.pk}/edit/", f"{LIST}{first.pk}/act/merge/",
        f"{LIST}{out.pk}/act/restore_part/", f"{LIST}{owed.pk}/change/",
    ):  # fmt: skip
        page.goto(live_server.url + address)
        assert page.evaluate(FITS), address
        assert violations(page) == [], address
    assert said == []


def test_a_fault_is_recorded_without_script_by_keyboard(
    live_server: Any, plain_page: Page
) -> None:
    grid()
    page = plain_page
    page.context.add_cookies([_cookie(live_server.url)])
    page.goto(live_server.url + LIST)
    enter(page.get_by_role("link", name="登记故障停电"))
    page.get_by_label("故障情况").fill("电缆被挖断")
    page.get_by_label("按名称或编码查找").fill("海河花园")
    enter(page.get_by_role("button", name="查找"))
    page.get_by_label("台区 海河花园台区（T-YY1-01）").press("Space")
    enter(page.get_by_role("button", name="保存"))

    expect(page.get_by_role("heading", name="现在可以办")).to_be_visible()
    outage = Outage.objects.get()
    assert (outage.households, outage.reason) == (300, "电缆被挖断")
