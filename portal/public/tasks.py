"""What beat starts for public pages."""

from celery import shared_task
from django.utils import timezone

from portal.public import tracing


@shared_task(name="public.forget_requests")
def forget_requests() -> None:
    """Forget who asked for progress without an account, a day ago and earlier."""
    tracing.forget(at=timezone.now())
