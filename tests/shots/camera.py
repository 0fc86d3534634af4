"""Walk the pages with a real Chromium, take pictures, note what is wrong."""

import os
from pathlib import Path

from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    sync_playwright,
)

from portal.accounts.models import User
from tests.conftest import CHROMIUM_FLAGS
from tests.shots.pages import Shot, pages

SIZES = {375: 812, 1440: 900}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def session_of(person: User) -> str:
    """Sign a person in; return the session's cookie."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def take(page: Page, shot: Shot, address: str, picture: Path) -> list[str]:
    """Take one picture; return what is wrong with the page."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and shot.console_matters:
            wrong.append(f"console: {said.text}")

    page.on("console", hear)
    response = page.goto(f"{address}{shot.path}", wait_until="networkidle")
    status = response.status if response else None
    if status != shot.status:
        wrong.append(f"status {status}")
    over = page.evaluate(WIDER)
    if over > 0:
        wrong.append(f"{over} px wider than the screen")
    page.screenshot(path=picture, full_page=True)
    return wrong


def context_for(
    browser: Browser, shot: Shot, width: int, address: str
) -> BrowserContext:
    """Return a browser that is signed in as the shot's person."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": SIZES[width]},
        device_scale_factor=1,
    )
    if shot.person is not None:
        session = session_of(shot.person)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context


def walk(address: str, folder: Path, only: str) -> int:
    """Take all pictures; return how many pages have something wrong."""
    shots = [shot for shot in pages() if only in f"{shot.role}-{shot.name}"]
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    bad = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=CHROMIUM_FLAGS,
        )
        for shot in shots:
            for width in SIZES:
                context = context_for(browser, shot, width, address)
                name = f"{shot.role}-{shot.name}-{width}"
                wrong = take(context.new_page(), shot, address, folder / f"{name}.png")
                context.close()
                bad += bool(wrong)
                mark = "✗" if wrong else "✓"
                print(f"{mark} {name}", *wrong, flush=True)
        browser.close()
    return bad
