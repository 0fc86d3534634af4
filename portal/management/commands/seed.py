"""Build the demo world."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from portal.checks import public_keys
from portal.demo_world import building, people
from sla.management.sentences import SentenceCommand

WIDTH = 30


class Command(SentenceCommand):
    """Build applications in every status, through the services, and print sign-ins."""

    help = "建立演示数据：申请人、客户经理、监管人员和各种状态的用电报装申请"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--applications", type=int, default=120, metavar="N")
        parser.add_argument("--seed", type=int, default=20250701, help="随机种子")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["applications"]
        if not 1 <= number <= 1_000_000:
            raise CommandError("--applications 应在 1 到 1000000 之间。", returncode=2)
        if not (settings.DEMO or public_keys()):
            # Secret keys mean that real people are served here.
            raise CommandError(
                "演示数据只能写入演示环境：请设置 DEMO=1。", returncode=2
            )

        def progress(done: int) -> None:
            filled = WIDTH * done // number
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stdout.write(f"\r建立演示数据 {bar} {done}/{number}", ending="")
            self.stdout.flush()

        building.build(
            number=number, at=timezone.now(), seed=options["seed"], progress=progress
        )
        self.stdout.write("")
        for who, where, how in people.sign_ins():
            self.stdout.write(f"  {who}  {where}  {how}")
