"""What beat starts: read the clock, call one service."""

import logging

from celery import shared_task
from django.utils import timezone

from portal.notices.models import Lane
from portal.notices.services import (
    delivery,
    digest,
    forgetting,
    outage_news,
    telling,
)

logger = logging.getLogger(__name__)


@shared_task(name="notices.deliver")
def deliver() -> None:
    """Tell what has happened to somebody, then send what is queued for one person."""
    at = timezone.now()
    told = telling.run(at=at)
    result = delivery.run(at=at, lanes=(Lane.PERSONAL,))
    if told or result.sent or result.failed or result.unknown:
        logger.info("notices: %s events told, %s", told, result)


@shared_task(name="notices.broadcast")
def broadcast() -> None:
    """Write the news of outages to all who subscribed, some thousands at a time."""
    written = outage_news.run(at=timezone.now())
    if written:
        logger.info("notices: %s messages about outages", written)


@shared_task(name="notices.deliver_many")
def deliver_many() -> None:
    """Send what went to many; several of these at once share the queue."""
    result = delivery.run(at=timezone.now(), lanes=(Lane.URGENT, Lane.AHEAD))
    if result.sent or result.failed or result.unknown:
        logger.info("notices: to many, %s", result)


@shared_task(name="notices.deliver_outside")
def deliver_outside() -> None:
    """Push to subscribers' own systems, which may be slow or gone."""
    result = delivery.run(at=timezone.now(), most=100, lanes=(Lane.OUTSIDE,))
    if result.sent or result.failed or result.unknown:
        logger.info("notices: to systems, %s", result)


@shared_task(name="notices.digest")
def write_digests() -> None:
    """Write the morning digests, if it is time and nobody has."""
    written = digest.run(at=timezone.now())
    if written:
        logger.info("notices: %s digests", written)


@shared_task(name="notices.forget_subscriptions")
def forget_subscriptions() -> None:
    """Forget who ended a subscription a month ago."""
    forgotten = forgetting.forget(at=timezone.now())
    if forgotten:
        logger.info("notices: %s ended subscriptions forgotten", forgotten)


@shared_task(name="notices.forget_messages")
def forget_messages() -> None:
    """Delete the messages of a year ago, and texts with codes of two days ago."""
    deleted = forgetting.forget_messages(at=timezone.now())
    if deleted:
        logger.info("notices: %s old messages deleted", deleted)
