"""Bring open clocks to today's calendar and policies."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from sla.engine import day_of
from sla.management.tables import TableCommand
from sla.services import recompute
from sla.services.ledger import SYSTEM
from sla.services.recompute import Change
from sla.words import full_day

SHOWN = 20


class Command(TableCommand):
    """Preview or do it; print the counts, then the first changes."""

    help = "按现行日历和政策重新推算在办时钟；--dry-run 只预览。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--dry-run", action="store_true", help="只预览，不写入")

    def answer(self, **options: Any) -> str:
        at = timezone.now()
        if options["dry_run"]:
            plan, title = recompute.preview(at=at), "预览："
        else:
            plan, title = recompute.run(at=at, by=SYSTEM), "已重算："
        lines = [title + plan.sentence, *map(line, plan.changes[:SHOWN])]
        if len(plan.changes) > SHOWN:
            lines.append("……")
        return "\n".join(lines)


def line(change: Change) -> str:
    """Write one change."""
    before, after = (
        full_day(day_of(moment)) if moment else "暂停中"
        for moment in (change.before, change.after)
    )
    return (
        f"  {change.reference} {change.stage_label}（{change.level_label}）"
        f"{change.what_label}：{before} → {after}"
    )
