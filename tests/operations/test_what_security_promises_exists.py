"""docs/security.md names what is there, and every bar has its proof."""

import re
from pathlib import Path

import pytest

BARS = [f"S{number}" for number in range(1, 14)]


@pytest.fixture(scope="module")
def rows(repository: Path) -> dict[str, list[str]]:
    """Return the cells behind each bar's name."""
    page = (repository / "docs" / "security.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| \*\*(S\d+)\*\* (.+) \|$", page, re.MULTILINE)
    return {bar: [cell.strip() for cell in text.split(" | ")] for bar, text in found}


def paths(cell: str) -> list[str]:
    """Return what stands in back-quotes and looks like a path."""
    return [
        name
        for name in re.findall(r"`([^`]+)`", cell)
        if "/" in name or "." in name or name == "Makefile"
    ]


def test_every_bar_has_a_row_with_all_its_cells(rows: dict[str, list[str]]) -> None:
    assert list(rows) == BARS
    assert all(len(cells) == 5 and all(cells) for cells in rows.values())


def test_every_place_named_is_there(
    rows: dict[str, list[str]], repository: Path
) -> None:
    named = [name for cells in rows.values() for name in paths(cells[2] + cells[3])]

    assert len(named) > len(BARS)
    assert [name for name in named if not (repository / name).exists()] == []


@pytest.mark.parametrize("bar", BARS)
def test_every_bar_is_proved_by_tests(
    rows: dict[str, list[str]], repository: Path, bar: str
) -> None:
    proofs = paths(rows[bar][3])

    assert proofs
    for proof in proofs:
        assert "\ndef test_" in (repository / proof).read_text(encoding="utf-8")


def test_the_readme_leads_there(repository: Path) -> None:
    assert "(docs/security.md)" in (repository / "README.md").read_text(
        encoding="utf-8"
    )
