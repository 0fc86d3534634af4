"""Let everything up to now pass untold: after a restore, before beat is started."""

from typing import Any

from django.utils import timezone

from portal.notices.models import Message
from portal.notices.services import delivery, telling
from sla.management.sentences import SentenceCommand


class Command(SentenceCommand):
    """Mark events as told and stop what is queued, so that nobody hears twice."""

    help = "恢复备份后使用：把已发生的事件标为已通知，并停发排队中的消息。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many of each."""
        at = timezone.now()
        events = telling.hush(at=at)
        stopped = delivery.stop(Message.objects.waiting())
        self.stdout.write(f"{events} 个事件不再通知，{stopped} 条消息停发。")
