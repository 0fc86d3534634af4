"""What people typed, as it is kept: one line, and nothing in it that nobody sees."""

import re
import unicodedata

from django.core.exceptions import ValidationError

# Control, format and half characters. Private and unassigned ones stay: rare characters
# of names live there, ahead of the fonts and of Python's own tables.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def one_line(text: str) -> str:
    """Return a text with single blanks between words, without marks that do not show.

    A name made of zero-width marks is no name; a mark that turns the direction of
    writing would make an address read as another one.
    """
    seen = "".join(
        mark
        for mark in text
        if mark.isspace() or unicodedata.category(mark) not in _UNSEEN
    )
    return " ".join(seen.split())


def stated(text: str, missing: str, *, field: str = "reason") -> str:
    """Return a text that has to be given, without the blanks around it.

    Raises ValidationError, saying ``missing`` at ``field``, where nothing was given.
    """
    if not text.strip():
        raise ValidationError({field: missing})
    return text.strip()


# Letters, digits and the dash that Chinese input methods write in full width.
_FULL_WIDTH = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {ord("－"): "-"}
_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def address_line(text: str) -> str:
    """Return an address as it is kept and searched: 友谊路 １２ 号 is 友谊路12号."""
    return _BESIDE_CHINESE.sub("", one_line(text).translate(_FULL_WIDTH))
