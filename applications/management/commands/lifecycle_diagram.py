"""Draw docs/lifecycle.md from the lifecycle's table, or check that it is up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from applications import diagram


class Command(BaseCommand):
    """Keep the picture of the lifecycle true to its table."""

    help = "按生命周期表绘制 docs/lifecycle.md"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="只检查，不写文件；不一致时失败"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path = settings.BASE_DIR / "docs" / "lifecycle.md"
        drawn = diagram.draw()
        if options["check"]:
            kept = place.read_text(encoding="utf-8") if place.exists() else ""
            if kept != drawn:
                raise CommandError(
                    "docs/lifecycle.md 与生命周期表不一致，请运行 make diagram。"
                )
            return
        place.parent.mkdir(exist_ok=True)
        place.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"已写入 {place.relative_to(settings.BASE_DIR)}")
