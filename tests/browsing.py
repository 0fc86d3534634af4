"""How a test walks from page to page: each step ends when the next page is whole.

A click returns before its answer is there. Whoever reads at once may read the page that
is being left, and whoever types may type before the page's scripts listen.
"""

from playwright.sync_api import Locator


def press(target: Locator) -> None:
    """Click what leads to another page; return when that page is whole."""
    with target.page.expect_navigation():
        target.click()


def enter(target: Locator) -> None:
    """Do the same by the keyboard: focus, and the key Enter."""
    with target.page.expect_navigation():
        target.press("Enter")
