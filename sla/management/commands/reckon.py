"""Replay one clock from a case file and print where it stands, as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from sla.casefile import LARGEST, BadCase, answer, parse_case
from sla.engine import reckon
from sla.management.sentences import SentenceCommand


class Command(SentenceCommand):
    """Read a case, print its reckoning."""

    help = "重放一个时限案例（JSON），输出状态、到期日和逐日台账。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("case", metavar="CASE.json", help="案例文件，-为标准输入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reckon, then print: nothing is printed for what cannot be reckoned."""
        case = parse_case(_content(options["case"]))
        result = self.answer_by_calendar(
            case.region or settings.HOME_REGION,
            lambda calendar: reckon(
                case.limit, case.moments, calendar.with_rules(case.rules), case.at
            ),
        )
        told = answer(result)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _content(name: str) -> bytes:
    """Return the bytes of a file, one more than allowed at most."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise BadCase(f"读不到案例文件{name!r}。") from None
