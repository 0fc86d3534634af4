"""The figures of a breakdown as data for its chart; the table says the same."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from portal.supervision.links import NARROWS, drill
from portal.supervision.selectors.overview import Breakdown, Line


def of(tables: Iterable[Breakdown], request: HttpRequest) -> dict[str, Any]:
    """Return labels, counts and links for each breakdown that judged anything."""
    return {
        table.field: {
            "title": str(table.title),
            "lines": [
                _line(line, table, request)
                for line in table.lines
                if line.figures.judged
            ],
        }
        for table in tables
    }


def _line(line: Line, table: Breakdown, request: HttpRequest) -> dict[str, Any]:
    narrower = {NARROWS[table.field]: line.key, "bucket": "judged"}
    return {
        "label": line.label,
        "met": line.figures.met,
        "missed": line.figures.missed,
        "overdue": line.figures.overdue,
        "href": drill(request.GET, "board-clocks", **narrower),
    }
