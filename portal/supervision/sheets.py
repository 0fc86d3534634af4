"""Tables as files for spreadsheets: what looks like a formula arrives as plain text."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sla.engine import SHANGHAI
from sla.ground.cells import harmless

Value = str | int | float | datetime | None
TEXT = "@"
WIDEST = 42


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its name; ``notes`` say what it holds, label and words."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[tuple[str, str]] = ()


def as_csv(sheet: Sheet) -> bytes:
    """Write CSV with a byte order mark, every cell quoted, moments in Beijing time."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in sheet.headings])
    writer.writerows([_as_text(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """Write a workbook: the table, and a page that says what it holds."""
    book = Workbook(write_only=True)
    table = book.create_sheet(sheet.name[:31])
    table.freeze_panes = "A2"
    rows = [list(row) for row in sheet.rows]
    for index, heading in enumerate(sheet.headings):
        shown = [heading, *(_as_text(row[index]) for row in rows[:200])]
        width = min(WIDEST, max(_width(text) for text in shown) + 2)
        table.column_dimensions[_letter(index)].width = width
    table.append([_text(table, heading) for heading in sheet.headings])
    for row in rows:
        table.append([_cell(table, value) for value in row])
    about = book.create_sheet("说明")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 16, 100
    for label, words in sheet.notes:
        about.append([_text(about, label), _text(about, words)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ")
    return harmless(value) if isinstance(value, str) else str(value)


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=_local(value))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    return WriteOnlyCell(sheet, value=value)


def _text(sheet: WriteOnlyWorksheet, value: str) -> WriteOnlyCell:
    """Return a cell of type text, whatever it holds: numbers of cases stay as told."""
    cell = WriteOnlyCell(sheet, value=harmless(value))
    cell.data_type = "s"
    cell.number_format = TEXT
    return cell


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
