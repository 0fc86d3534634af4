"""What people typed, as it is kept: one line, and nothing in it that nobody sees."""

import unicodedata

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
