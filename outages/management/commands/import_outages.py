"""Bring in outages that another system recorded, from a CSV file."""

import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from outages.services import outage_files
from outages.services.outage_files import FileRefused
from sla.engine import Unreckonable
from sla.ground.actors import SYSTEM
from sla.management.sentences import SentenceCommand

SHOWN = 50  # broken rows that are said before the rest is only counted


class Command(SentenceCommand):
    help = "从CSV文件导入停电记录（docs/outage-import.md）；有一行不对即全部不导入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="CSV文件")
        parser.add_argument(
            "--timezone",
            metavar="ZONE",
            help="没有写时区的时间属于哪个时区，例如 Asia/Shanghai",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        content = _content(options["file"])
        zone = _zone(options["timezone"])
        try:
            rows = outage_files.read(content, zone=zone)
            loaded = outage_files.load(rows, by=SYSTEM, at=timezone.now())
        except FileRefused as refusal:
            raise Unreckonable(_report(refusal.messages)) from refusal
        seconds = time.monotonic() - started
        self.stdout.write(
            _(
                "已导入%(new)s条停电，%(same)s条以前已导入、没有变化（%(seconds).1f秒）。"
            )
            % {
                "new": len(loaded.outages),
                "same": loaded.unchanged,
                "seconds": seconds,
            }
        )


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except IsADirectoryError as problem:
        raise Unreckonable(
            _("“%(path)s”是文件夹，请写CSV文件的路径。") % {"path": path}
        ) from problem
    except OSError as problem:
        raise Unreckonable(
            _("读不了文件“%(path)s”：%(why)s。")
            % {"path": path, "why": problem.strerror}
        ) from problem


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise Unreckonable(
            _("不认识的时区“%(name)s”，例如 Asia/Shanghai。") % {"name": name}
        ) from problem


def _report(sentences: list[str]) -> str:
    """Return the sentences about broken rows, the first ones in full."""
    said = sentences[:SHOWN]
    if len(sentences) > SHOWN:
        said.append(_("另有%(n)s处。") % {"n": len(sentences) - SHOWN})
    return "\n".join([*said, _("没有导入任何记录，请改正后重新导入。")])
