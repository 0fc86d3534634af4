"""Read network files: CSV as spreadsheets save it, and GeoJSON, row by row.

What is wrong with the file as a whole is refused here; what is wrong with one row is
carried along with it.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from outages.services import spreadsheets
from outages.services.network_files.columns import column_named, headings_fault
from outages.services.spreadsheets import Line, refuse, survey

MOST_BYTES = 100 * 1024 * 1024
# GeoJSON is read as a whole, and grows tenfold in memory.
MOST_GEOJSON_BYTES = 20 * 1024 * 1024
LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, its cells by column, its fault."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows that are read once; ``columns`` are those it has."""

    columns: frozenset[str]
    rows: Iterator[Row]
    name: str = ""
    sha256: str = field(default="")


def read(file: BinaryIO, *, name: str, most_bytes: int = MOST_BYTES) -> Table:
    """Return the rows of a CSV or GeoJSON file.

    Raises ValidationError({"file": sentence}) for what is no such file.
    """
    found = survey(file, most_bytes)
    if found.start.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith((b"{", b"[")):
        table = _geojson(file, found.size)
    else:
        table = _csv(file)
    return Table(table.columns, table.rows, name[-120:], found.sha256)


# -- CSV -------------------------------------------------------------------------------
def _csv(file: BinaryIO) -> Table:
    sheet = spreadsheets.read(file)
    fault = headings_fault(sheet.headings)
    if fault:
        raise refuse(fault)
    names = [str(column_named(heading)) for heading in sheet.headings]
    first = next(sheet.rows, None)
    if first is None:
        raise refuse(_("文件只有表头，没有数据。"))
    rows = chain([first], sheet.rows)
    return Table(frozenset(names), (_csv_row(row, names) for row in rows))


def _csv_row(row: Line, names: list[str]) -> Row:
    # Most cells of a wide table are empty; `strip` also takes full-width blanks.
    cells = {
        name: cell.strip()[:LONGEST_CELL] if cell else ""
        for name, cell in zip(names, row.cells, strict=False)
    }
    return Row(row.number, cells, row.fault)


# -- GeoJSON ---------------------------------------------------------------------------
def _geojson(file: BinaryIO, size: int) -> Table:
    if size > MOST_GEOJSON_BYTES:
        raise refuse(_("GeoJSON超过20MB：请拆成几个文件，或改用CSV。"))
    file.seek(0)
    try:
        content = json.loads(file.read().decode("utf-8-sig"), parse_constant=_no_number)
        # Half a surrogate pair is good JSON, and no text.
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise refuse(_("GeoJSON须用UTF-8编码。")) from error
    except UnicodeEncodeError as error:
        raise refuse(
            _("GeoJSON里有不完整的字符（半个代理对）：请重新导出。")
        ) from error
    except (ValueError, RecursionError) as error:
        raise refuse(_("GeoJSON读不懂：%s") % str(error)[:80]) from error
    features = content.get("features") if isinstance(content, dict) else None
    is_collection = isinstance(features, list) and (
        content.get("type") == "FeatureCollection"
    )
    if not is_collection:
        raise refuse(_("GeoJSON须是FeatureCollection（带features列表）。"))
    if not features:
        raise refuse(_("GeoJSON里一个要素也没有。"))
    return _features_table(features)


def _no_number(word: str) -> None:
    raise ValueError(_("“%s”不是数") % word)


def _features_table(features: list[Any]) -> Table:
    headings: dict[str, None] = {}
    has_points = False
    for feature in features:
        headings |= dict.fromkeys(map(str, _properties(feature)))
        has_points |= isinstance(feature, dict) and bool(feature.get("geometry"))
    fault = headings_fault(list(headings))
    if fault:
        raise refuse(fault)
    names = {heading: str(column_named(heading)) for heading in headings}
    position = {"longitude", "latitude"} if has_points else set()
    columns = frozenset(names.values()) | position
    rows = (
        _feature_row(number, feature, names, columns)
        for number, feature in enumerate(features, start=1)
    )
    return Table(columns, rows)


def _properties(feature: Any) -> dict[Any, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _feature_row(
    number: int, feature: Any, names: dict[str, str], columns: frozenset[str]
) -> Row:
    properties = _properties(feature)
    if not properties:
        return Row(number, {}, _("这个要素没有properties。"))
    cells = dict.fromkeys(columns, "")
    for heading, value in properties.items():
        if isinstance(value, dict | list):
            return Row(number, {}, _("“%s”须是文字或数，不能是列表。") % heading)
        cells[names[heading]] = _cell(value)
    geometry = feature.get("geometry")
    if geometry is not None:
        point = _point(geometry)
        if point is None:
            return Row(
                number,
                {},
                _("几何图形须是Point，坐标是[经度, 纬度]；没有位置就写null。"),
            )
        cells["longitude"], cells["latitude"] = point
    return Row(number, cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value).strip()[:LONGEST_CELL]


def _point(geometry: Any) -> tuple[str, str] | None:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    at = geometry.get("coordinates")
    if not isinstance(at, list) or len(at) not in (2, 3):
        return None
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in at):
        return None
    return str(at[0]), str(at[1])
