"""What beat starts: read the clock, call one service."""

import logging

from celery import shared_task
from django.utils import timezone

from portal.notices.services import delivery, digest, telling

logger = logging.getLogger(__name__)


@shared_task(name="notices.deliver")
def deliver() -> None:
    """Tell what has happened, then send what is queued."""
    at = timezone.now()
    told = telling.run(at=at)
    result = delivery.run(at=at)
    if told or result.sent or result.failed or result.unknown:
        logger.info("notices: %s events told, %s", told, result)


@shared_task(name="notices.digest")
def write_digests() -> None:
    """Write the morning digests, if it is time and nobody has."""
    written = digest.run(at=timezone.now())
    if written:
        logger.info("notices: %s digests", written)
