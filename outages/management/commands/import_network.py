"""Bring the network in from a CSV or GeoJSON file, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone

from outages.services import network_files
from outages.services.network_files import Part, Plan
from sla.engine import Unreckonable
from sla.ground.actors import SYSTEM
from sla.management.tables import TableCommand

SHOWN = 20


class Command(TableCommand):
    """Check every row, then write; the same file twice changes nothing."""

    help = "导入网络（变电站、线路、台区、地址、户号）：逐行检查，全部正确才写入。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV 或 GeoJSON")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def answer(self, **options: Any) -> str:
        """Give the counts and the first changes."""
        path, at = options["file"], timezone.now()
        try:
            with path.open("rb") as file:
                table = network_files.read(file, name=path.name)
                plan = network_files.plan(table, at=at)
            if plan.error_count:
                raise Unreckonable(_refusal(plan))
            if not options["dry_run"]:
                network_files.apply(plan, by=SYSTEM, at=at)
        except FileNotFoundError as error:
            raise Unreckonable(f"没有文件 {path}。") from error
        except IsADirectoryError as error:
            raise Unreckonable(f"{path} 是文件夹，请写文件的路径。") from error
        except OSError as error:
            raise Unreckonable(f"读不了文件 {path}：{error.strerror}。") from error
        except ValidationError as refusal:
            raise Unreckonable("".join(refusal.messages)) from refusal
        return _told(plan, dry=options["dry_run"])


def _refusal(plan: Plan) -> str:
    lines = [f"文件有 {plan.error_count} 处错误，没有导入任何内容："]
    lines += [f"  {error}" for error in plan.errors[:SHOWN]]
    if plan.error_count > SHOWN:
        lines.append("  ……")
    return "\n".join(lines)


def _told(plan: Plan, *, dry: bool) -> str:
    title = "预览：" if dry else "已导入："
    if not plan.alters:
        title = "没有变化："
    counts = [
        f"{part.label}新增 {count.new}、变更 {count.changed}、不变 {count.unchanged}"
        for part in Part
        if (count := plan.counts[part]).new or count.changed or count.unchanged
    ]
    lines = [title + "；".join(counts) + "。"]
    lines += [f"  {change}" for change in plan.changes[:SHOWN]]
    if len(plan.changes) > SHOWN:
        lines.append("  ……")
    return "\n".join(lines)
