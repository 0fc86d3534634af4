"""Check every promise about the data, one line each."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from applications.services import invariants as of_applications
from outages.services import invariants as of_outages
from sla.invariants import Invariant
from sla.management.sentences import SentenceCommand
from sla.management.tables import tables
from sla.services import invariants as of_clocks

SHOWN = 3  # broken rows named on the line of a promise


class Command(SentenceCommand):
    help = "逐条检查数据承诺；有一条不成立即以 1 退出。"

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        with tables():
            found = [
                *of_clocks.invariants(at),
                *of_outages.invariants(at),
                *of_applications.invariants(at),
            ]
        for invariant in found:
            self.stdout.write(line(invariant))
        broken = sum(bool(invariant.broken) for invariant in found)
        if broken:
            raise CommandError(f"{len(found)} 条承诺中有 {broken} 条不成立。")


def line(invariant: Invariant) -> str:
    """Say whether one promise holds, and where it does not."""
    if not invariant.broken:
        return f"✓ {invariant.promise}"
    places = "；".join(invariant.broken[:SHOWN])
    more = " 等" if len(invariant.broken) > SHOWN else ""
    return f"✗ {invariant.promise}：{len(invariant.broken)} 处 {places}{more}"
