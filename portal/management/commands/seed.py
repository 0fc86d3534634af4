"""Build the demo world."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.checks import public_keys
from portal.demo_world import building, network, people
from sla.management.sentences import BadCommandLine, SentenceCommand
from sla.management.tables import tables
from sla.services import policies

WIDTH = 30


class Command(SentenceCommand):
    """Build applications in every status, through the services, and print sign-ins."""

    help = "建立演示数据：电网、申请人、客户经理、监管人员和各种状态的用电报装申请。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--applications", type=int, default=120, metavar="N", help="申请数"
        )
        parser.add_argument(
            "--areas", type=int, default=network.AREAS, metavar="N", help="台区数"
        )
        parser.add_argument(
            "--seed", type=int, default=20250701, metavar="N", help="随机种子"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["applications"]
        if not 1 <= number <= 1_000_000:
            raise BadCommandLine("参数--applications应在1到1000000之间。")
        areas = options["areas"]
        if not 16 <= areas <= 100_000:
            raise BadCommandLine("参数--areas应在16到100000之间。")
        if not (settings.DEMO or public_keys()):
            # Secret keys mean that real people are served here.
            raise BadCommandLine("演示数据只能写入演示环境：请设置 DEMO=1。")

        def progress(done: int) -> None:
            filled = WIDTH * done // number
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stdout.write(f"\r建立演示数据 {bar} {done}/{number}", ending="")
            self.stdout.flush()

        at = timezone.now()
        with tables():
            policies.load(at=at)
        self.stdout.write(f"建立演示电网（约 {areas} 个台区）…")
        self.stdout.flush()
        network.build(at, areas=areas)
        building.build(number=number, at=at, seed=options["seed"], progress=progress)
        self.stdout.write("")
        for who, where, how in people.sign_ins():
            self.stdout.write(f"  {who}  {where}  {how}")
