"""The import in a real browser: it fits, WCAG 2.1 AA holds, no script is needed."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from outages.models import Substation
from tests import cast
from tests.admin import desk
from tests.axe import violations
from tests.browsing import press
from tests.outages_network import files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.body.scrollWidth <= document.documentElement.clientWidth"
CHOOSE = "/admin/outages/transformer/import/"


def sign_in(page: Page, address: str) -> None:
    cast.laws()
    client = desk.sign_in(cast.sun())
    name = settings.SESSION_COOKIE_NAME
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": address}
    page.context.add_cookies([cookie])


def upload(page: Page, content: bytes) -> None:
    page.set_input_files(
        "input[type=file]",
        {"name": "网络.csv", "mimeType": "text/csv", "buffer": content},
    )
    press(page.get_by_role("button", name="上传并预览"))


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_calm_and_accessible(
    live_server: Any, page: Page, width: int
) -> None:
    sign_in(page, live_server.url)
    page.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def holds() -> None:
        assert page.evaluate(FITS), page.url
        assert violations(page) == [], page.url

    page.goto(live_server.url + CHOOSE)
    holds()
    upload(page, b"\x00\x01" * 50)
    holds()
    page.goto(live_server.url + CHOOSE)
    upload(page, files.csv(*files.WHOLE, files.row("铁塔")))
    holds()
    page.goto(live_server.url + CHOOSE)
    upload(page, files.csv())
    holds()
    press(page.get_by_role("button", name="确认导入"))
    holds()
    assert complaints == []


def test_a_file_is_brought_in_without_script(
    live_server: Any, plain_page: Page
) -> None:
    page = plain_page
    sign_in(page, live_server.url)
    page.goto(live_server.url + CHOOSE)

    upload(page, files.csv())
    press(page.get_by_role("button", name="确认导入"))

    expect(page.get_by_text("已导入“网络.csv”。")).to_be_visible()
    assert Substation.objects.get().name == "柳林站"
