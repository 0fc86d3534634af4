"""Read a page as its reader does, and find the Chinese in it that nobody typed."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, TextField

HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff65]")
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "content")
EMPTY = {"meta", "link", "img", "input", "br", "hr", "path", "rect", "circle", "use"}
OURS = {"accounts", "applications", "outages", "sla"}


class Reader(HTMLParser):
    """Collect texts and what is read aloud, except where a language is named."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def _in_chinese(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language an element is in, and what it says to screen readers."""
        told = {name: value or "" for name, value in attrs}
        chinese = self._in_chinese() or told.get("lang", "").lower().startswith("zh")
        if not chinese:
            self.texts += [told[name] for name in READ_ALOUD if name in told]
        if tag not in EMPTY:
            self.open.append((tag, chinese))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        if not self._in_chinese():
            self.texts.append(data)


def kept_in_the_database() -> set[str]:
    """Return every text with Chinese in it that somebody entered."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.get_fields():
            if type(field) in (CharField, TextField):
                rows = model._default_manager.values_list(field.name, flat=True)
                found |= {text for text in rows if text and HAN.search(text)}
    return found


def chinese_left(page: str, *, data: Iterable[str]) -> list[str]:
    """Return the Chinese of a page that is neither data nor marked as Chinese."""
    reader = Reader()
    reader.feed(page)
    known = sorted(data, key=len, reverse=True)
    left = []
    for text in reader.texts:
        rest = text
        for words in known if HAN.search(text) else ():
            rest = rest.replace(words, "")
        if HAN.search(rest):
            left.append(" ".join(text.split()))
    return left
