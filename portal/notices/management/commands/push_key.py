"""Make the key that browser notifications are signed with."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.notices import browsers


class Command(BaseCommand):
    """Print a fresh key for PUSH_KEY; keep it, browsers that subscribed know it."""

    help = "Print a new private key for PUSH_KEY (browser notifications)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(browsers.new_key())
