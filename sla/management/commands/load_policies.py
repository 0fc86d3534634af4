"""Load regions and policies from YAML files, all of them or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from sla.engine import Unreckonable
from sla.management.tables import TableCommand
from sla.services import policies


class Command(TableCommand):
    """Check, load and count; a changed file makes a new version of its policy."""

    help = "载入时限政策（YAML）：全部有效才写入；重复载入不改变任何内容。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--folder", type=Path, default=policies.FOLDER, help="政策文件所在目录"
        )
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def answer(self, **options: Any) -> str:
        folder = options["folder"]
        if not folder.is_dir():
            raise Unreckonable(f"没有目录 {folder}。")
        with transaction.atomic():
            loaded = policies.load(folder=folder, at=timezone.now())
            transaction.set_rollback(options["dry_run"])
        return (
            f"{'检查通过：' if options['dry_run'] else '已载入：'}"
            f"地区 {loaded.regions} 个有变，政策新增 {loaded.added} 份，"
            f"换版 {loaded.replaced} 份，不变 {loaded.unchanged} 份。"
        )
