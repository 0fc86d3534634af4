"""Print SAIDI, SAIFI, CAIDI and ASAI of a region over a span of days."""

import json
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any
from unicodedata import east_asian_width

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone

from outages.indices import Level, Span, Variant
from outages.selectors import reliability
from outages.selectors.reliability_tables import as_json, cells_of, groups_of
from sla.casefile import parse_date
from sla.engine import Unreckonable
from sla.management.tables import TableCommand

HEADS = ("停电台区次", "停电户次", "停电时户数", "SAIDI 时/户", "SAIFI 次/户",
         "CAIDI 时/次", "ASAI %")  # fmt: skip


class Command(TableCommand):
    """Show the indices of every level and variant, by month, cause, kind and place."""

    help = "统计某地某段日期的供电可靠性指标（SAIDI、SAIFI、CAIDI、ASAI）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--region", required=True, metavar="CODE", help="地区代码，如120000"
        )
        parser.add_argument(
            "--from", required=True, type=_day("--from"), dest="first",
            metavar="DATE",             help="开始日期（含），如2025-01-01",
        )  # fmt: skip
        parser.add_argument(
            "--to", required=True, type=_day("--to"), dest="last",
            metavar="DATE",             help="结束日期（含），不晚于今天",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="输出JSON")

    def answer(self, **options: Any) -> str:
        """Give the tables, or the JSON."""
        try:
            found = reliability.reckon(
                reliability.region(options["region"]),
                Span(options["first"], options["last"]),
                at=timezone.now(),
            )
        except ValidationError as wrong:
            raise Unreckonable("".join(wrong.messages)) from wrong
        if options["json"]:
            return json.dumps(as_json(found), ensure_ascii=False, indent=2)
        return "\n".join(_lines(found))


def _day(name: str) -> Callable[[str], date]:
    def read(text: str) -> date:
        try:
            return parse_date(text, f"参数{name}")
        except Unreckonable as wrong:
            raise ArgumentTypeError(str(wrong)) from wrong

    return read


def _lines(found: reliability.Reckoning) -> list[str]:
    span = found.span
    lines = [
        f"{found.place.name}（{found.place.code}）{span.first} 至 {span.last}",
        f"共 {found.seconds_of() / 3600:,.2f} 小时；不含欠费停电；户数按现有在运台区",
    ]
    for level in Level:
        customers = found.customers_of(level)
        lines += ["", f"【{level.label}】用户数 {customers:,}"]
        rows = [["口径", *HEADS]]
        for each in Variant:
            told = cells_of(found.indices(level, each))
            rows.append([f"-{each.value} {each.label}", *told])
        lines += _table(rows)
        for title, group in groups_of(found, level):
            lines += ["", f"{level.label} · {title}（口径 -1）"]
            lines += _table(
                [[title.removeprefix("按"), *HEADS]]
                + [[label, *cells_of(indices)] for _key, label, indices in group]
            )
    return lines


def _table(rows: list[list[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                row[0] + " " * (widths[0] - _width(row[0])),
                *(
                    " " * (width - _width(cell)) + cell
                    for cell, width in zip(row[1:], widths[1:], strict=True)
                ),
            ]
        )
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(mark) in "WFA" else 1 for mark in text)
