"""Cells of tables that people open in spreadsheets."""

# What a spreadsheet may take for the beginning of a formula, full-width forms too.
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return text that no spreadsheet runs: no control characters, no formula."""
    plain = "".join(c if c.isprintable() else " " for c in text).strip()
    return f"'{plain}" if plain.startswith(TRIGGERS) else plain
