"""What beat starts for accounts."""

from datetime import timedelta

from axes.models import AccessLog
from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from portal.accounts.models import Remembered
from portal.accounts.services import codes

# The longest six months there are.
SIGN_INS_KEPT = timedelta(days=184)


@shared_task(name="accounts.forget_codes")
def forget_codes() -> None:
    """Delete sign-in codes of the day before yesterday and earlier."""
    codes.forget(before=timezone.now() - timedelta(days=2))


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Delete the sessions that have ended by themselves, and what was for minutes.

    Who signed in from where is kept for six months, as 网络安全法 asks of network logs.
    """
    at = timezone.now()
    SessionStore.clear_expired()
    Remembered.objects.filter(expires__lt=at).delete()
    AccessLog.objects.filter(attempt_time__lt=at - SIGN_INS_KEPT).delete()
