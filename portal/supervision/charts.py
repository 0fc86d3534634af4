"""The figures of a breakdown as data for its chart; the table says the same."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.supervision.links import NARROWS, drill
from portal.supervision.selectors.overview import Breakdown, Line
from sla.words import clauses


def of(tables: Iterable[Breakdown], request: HttpRequest) -> dict[str, Any]:
    """Return labels, counts and links for each breakdown that judged anything."""
    return {table.field: _chart(table, request) for table in tables}


def _chart(table: Breakdown, request: HttpRequest) -> dict[str, Any]:
    judged = [line for line in table.lines if line.figures.judged]
    return {
        "names": {
            "met": _("按时完成"),
            "missed": _("超期完成"),
            "overdue": _("在办已超期"),
        },
        "said": said(table.title, (_told(line) for line in judged)),
        "lines": [_line(line, table, request) for line in judged],
    }


def said(title: object, lines: Iterable[str]) -> str:
    """Describe a chart to those who do not see it."""
    return _("%(title)s的条形图。%(lines)s。") % {
        "title": title,
        "lines": clauses(lines),
    }


def _told(line: Line) -> str:
    facts = {
        "label": line.label,
        "met": line.figures.met,
        "missed": line.figures.missed,
        "overdue": line.figures.overdue,
    }
    told = _("%(label)s：按时 %(met)s，超期完成 %(missed)s，在办已超期 %(overdue)s")
    return told % facts


def _line(line: Line, table: Breakdown, request: HttpRequest) -> dict[str, Any]:
    narrower = {NARROWS[table.field]: line.key, "bucket": "judged"}
    return {
        "label": line.label,
        "met": line.figures.met,
        "missed": line.figures.missed,
        "overdue": line.figures.overdue,
        "href": drill(request.GET, "board-clocks", **narrower),
    }
