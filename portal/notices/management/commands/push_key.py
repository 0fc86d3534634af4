"""Make the key that browser notifications are signed with."""

from typing import Any

from portal.notices import browsers
from sla.management.sentences import SentenceCommand


class Command(SentenceCommand):
    """Print a fresh key for PUSH_KEY; keep it, browsers that subscribed know it."""

    help = "生成浏览器通知的签名密钥，填入 PUSH_KEY；换密钥后浏览器须重新订阅。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(browsers.new_key())
