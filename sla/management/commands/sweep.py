"""Sweep once, now."""

from typing import Any

from django.utils import timezone

from sla.management.tables import TableCommand
from sla.services import sweep


class Command(TableCommand):
    """Mark what has come due, and say how much."""

    help = "立即扫描一次：到时的预警与超期各记一条，时刻为真实时刻。"

    def answer(self, **options: Any) -> str:
        result = sweep.run(at=timezone.now())
        return (
            f"预警 {result.warned} 条，超期 {result.breached} 条，"
            f"共 {result.batches} 批。"
        )
