"""Print which lines and 台区 are cut too often, exactly, as of any day."""

import json
from argparse import ArgumentTypeError
from collections import Counter
from datetime import date
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import CommandParser
from django.utils import timezone

from outages.rules import frequent, read
from outages.rules.frequent import Verdict
from outages.selectors import frequency
from outages.selectors.frequency import Named
from sla.casefile import parse_date
from sla.engine import Unreckonable, day_of
from sla.engine.calendar import check_date
from sla.management.tables import TableCommand


class Command(TableCommand):
    """Show the parts over a limit and those one outage below it; JSON shows all."""

    help = "列出某日频繁停电超标和再停一次即超标的线路、台区，按停电记录逐一重算。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="日期，如2026-09-30；默认今天"
        )
        parser.add_argument(
            "--json", action="store_true", help="输出JSON，包括未超标的线路、台区"
        )

    def answer(self, **options: Any) -> str:
        """Give the table, or the JSON."""
        on = options["on"] or day_of(timezone.now())
        rows = frequency.named(frequency.counts_on(on))
        return _as_json(on, rows) if options["json"] else _as_table(on, rows)


def _day(text: str) -> date:
    try:
        day = parse_date(text, "参数--on")
        check_date(day)
    except Unreckonable as wrong:
        raise ArgumentTypeError(str(wrong)) from wrong
    return day


def _as_json(on: date, rows: list[Named]) -> str:
    rules = [
        {
            "key": rule.key,
            "name": rule.name,
            "from": rule.first_day(on).isoformat(),
            "most": rule.most,
            "counts": rule.counts,
        }
        for rule in frequent.rules()
    ]
    parts = [
        {
            "level": row.counted.level.value,
            "code": row.code,
            "name": row.name,
            "district": row.district,
            **row.counted.counts,
            "verdict": row.counted.verdict.value,
            "case": row.case or None,
        }
        for row in rows
    ]
    told = {"on": on.isoformat(), "rules": rules, "parts": parts}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_table(on: date, rows: list[Named]) -> str:
    limits = "；".join(
        f"{rule.name}（{rule.first_day(on)} 起）最多 {rule.most} 次"
        + ("" if rule.counts else "，仅供参考")
        for rule in frequent.rules()
    )
    lines = [
        f"{on} 频繁停电情况",
        f"上限：{limits}",
        f"依据：{read('frequent')['source']}",
        "",
    ]
    shown = [row for row in rows if row.counted.verdict != Verdict.CALM]
    nothing = ["没有超标的线路、台区，也没有再停一次即超标的。"]
    lines += _lay_out(shown) if shown else nothing
    of = Counter(row.counted.verdict for row in rows)
    over, near, calm = (of[verdict] for verdict in Verdict)
    total = f"超标 {over} 个，再停一次即超标 {near} 个"
    lines += ["", f"{total}，另有 {calm} 个停过电但离上限尚远。"]
    return "\n".join(lines)


def _lay_out(rows: list[Named]) -> list[str]:
    heads = [
        "线路或台区", "所在区", *(rule.name for rule in frequent.rules()),
        "判定", "治理编号",
    ]  # fmt: skip
    cells = [heads] + [
        [
            f"{row.counted.level.label} {row.code} {row.name}",
            row.district,
            *(str(row.counted.counts[rule.key]) for rule in frequent.rules()),
            str(row.counted.verdict.label),
            row.case or "—",
        ]
        for row in rows
    ]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell))
            for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(mark) in "WFA" else 1 for mark in text)
