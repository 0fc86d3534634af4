"""What beat starts for accounts."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from portal.accounts.services import codes


@shared_task(name="accounts.forget_codes")
def forget_codes() -> None:
    """Delete sign-in codes of the day before yesterday and earlier."""
    codes.forget(before=timezone.now() - timedelta(days=2))
