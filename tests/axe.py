"""What axe finds wrong with a page that is open in a real browser."""

from django.conf import settings
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Return what breaks WCAG 2.2 AA: each rule, and the first element against it."""
    page.wait_for_load_state()  # a click returns before the next page is whole
    axe = settings.NODE_MODULES / "axe-core" / "axe.min.js"
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]
