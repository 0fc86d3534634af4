"""What beat starts for accounts."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from portal.accounts.models import Remembered
from portal.accounts.services import codes


@shared_task(name="accounts.forget_codes")
def forget_codes() -> None:
    """Delete sign-in codes of the day before yesterday and earlier."""
    codes.forget(before=timezone.now() - timedelta(days=2))


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Delete the sessions that have ended by themselves, and what was for minutes."""
    SessionStore.clear_expired()
    Remembered.objects.filter(expires__lt=timezone.now()).delete()
