"""Draw the lifecycles into docs/ from their tables, or check them against these."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from applications import diagram
from outages import diagram as outage_diagram
from sla.management.sentences import SentenceCommand

PICTURES = {"lifecycle.md": diagram.draw, "outage-lifecycle.md": outage_diagram.draw}


class Command(SentenceCommand):
    """Keep the pictures of the lifecycles true to their tables."""

    help = "按生命周期表绘制 docs/lifecycle.md 和 docs/outage-lifecycle.md。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="只检查，不写文件；不一致时失败"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name, draw in PICTURES.items():
            place: Path = settings.BASE_DIR / "docs" / name
            drawn = draw()
            if options["check"]:
                _compare(place, drawn)
                continue
            place.parent.mkdir(exist_ok=True)
            place.write_text(drawn, encoding="utf-8")
            self.stdout.write(f"已写入 {place.relative_to(settings.BASE_DIR)}")


def _compare(place: Path, drawn: str) -> None:
    kept = place.read_text(encoding="utf-8") if place.exists() else ""
    if kept != drawn:
        raise CommandError(
            f"docs/{place.name} 与生命周期表不一致，请运行 make diagram。"
        )
