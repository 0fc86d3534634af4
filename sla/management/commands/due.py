"""Print the date on which a number of working days is over."""

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from sla.casefile import parse_date
from sla.engine import (
    Limit,
    Moment,
    Reckoning,
    Unreckonable,
    midnight,
    reckon,
)
from sla.management.sentences import SentenceCommand
from sla.words import weekday


class Command(SentenceCommand):
    """Answer on the first line of output; explain below it."""

    help = "推算到期日：起始日不算，第N个工作日当天24时到期。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--start",
            required=True,
            type=_start,
            metavar="DATE",
            help="起始日，如2026-09-30",
        )
        parser.add_argument(
            "--days", required=True, type=_days, metavar="N", help="工作日数"
        )
        parser.add_argument(
            "--region",
            default=settings.HOME_REGION,
            metavar="CODE",
            help="地区代码，如120000",
        )
        parser.add_argument("--explain", action="store_true", help="逐日列出理由")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reckon, then print: nothing is printed for what cannot be reckoned."""
        limit: Limit = options["days"]
        begins = midnight(options["start"])
        history = [Moment(begins, "start")]
        result = self.answer_by_calendar(
            options["region"],
            lambda calendar: reckon(limit, history, calendar, at=begins),
        )
        lines = [str(result.due_on), *_doubt(result)]
        if options["explain"]:
            lines += _ledger(result)
        self.stdout.write("\n".join(lines))


def _start(text: str) -> date:
    try:
        return parse_date(text, "起始日")
    except Unreckonable as wrong:
        raise ArgumentTypeError(str(wrong)) from wrong


def _days(text: str) -> Limit:
    if not re.fullmatch(r"[+-]?\d{1,999}", text, re.ASCII):
        raise ArgumentTypeError(f"工作日数必须是整数，不能是{text!r}。")
    try:
        return Limit(int(text), "working_day")
    except Unreckonable as wrong:
        raise ArgumentTypeError(str(wrong)) from wrong


def _doubt(result: Reckoning) -> list[str]:
    if not result.provisional:
        return []
    span = f"{result.calendar.official_from}至{result.calendar.official_until}"
    return [
        f"暂定：官方放假安排只收录{span}，其余按周末和法定节日推算，公布后重新推算。"
    ]


def _ledger(result: Reckoning) -> list[str]:
    lines, counted = [], 0
    for entry in result.ledger:
        counted += entry.counted
        number = f"第{counted}日" if entry.counted else "不计"
        parts = (
            str(entry.date),
            weekday(entry.date),
            number,
            entry.verdict,
            entry.note,
        )
        lines.append(" ".join(part for part in parts if part))
    return lines
