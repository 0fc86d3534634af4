"""What docs/network-import.md says of the header and shows as examples holds."""

import re

import pytest

from outages.models import Transformer
from outages.services.network_files import COLUMNS, Part
from outages.services.network_files.cells import cells_of
from tests.cast import laws
from tests.outages_network import files


@pytest.fixture
def page(repository):
    return (repository / "docs" / "network-import.md").read_text(encoding="utf-8")


def test_the_table_lists_every_column_in_order(page):
    told = re.findall(r"^\| `(\w+)` \| (\S+) \|", page, re.MULTILINE)

    assert told == [(column.name, column.label) for column in COLUMNS]


def test_the_table_says_which_part_has_which_column(page):
    cells = cells_of({})
    for line in re.findall(r"^\| `\w+` \|.*$", page, re.MULTILINE):
        column, _label, *marks = [cell.strip(" `") for cell in line.split("|")[1:8]]
        if column == "part":
            continue
        for part, mark in zip(Part, marks, strict=True):
            cell = cells[part].get(column)
            expected = "–" if cell is None else "●" if cell.required else "○"
            assert mark == expected, (column, part)


@pytest.mark.django_db
def test_the_examples_are_brought_in_as_they_stand(page):
    laws()
    whole, households = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)

    assert files.errors(whole.encode()) == []
    files.brought_in(whole.encode())
    files.brought_in(households.encode())

    assert Transformer.objects.get().households == 192
