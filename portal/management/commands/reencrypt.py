"""Write everything encrypted anew, after a new key was put first in FIELD_KEYS."""

from typing import Any

from django.core.management.base import CommandError

from portal import reencryption
from sla.ground.fields import UndecryptableError
from sla.management.sentences import SentenceCommand


class Command(SentenceCommand):
    """Run while the portal serves; afterwards the older keys may be taken out."""

    help = "用FIELD_KEYS中的第一个密钥重新加密全部个人信息；完成后可以去掉旧密钥。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rows were written."""
        try:
            rows = reencryption.renew()
        except UndecryptableError as problem:
            raise CommandError(
                f"没有全部重新加密，请勿去掉旧密钥：{problem}"
            ) from problem
        self.stdout.write(f"已重新加密{rows}行，现在可以从FIELD_KEYS中去掉旧密钥。")
