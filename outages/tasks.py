"""What beat starts on this floor; each task reads the clock and calls one service."""

import logging

from celery import shared_task
from django.utils import timezone

from outages.services import forgetting, frequency, photos

logger = logging.getLogger(__name__)


@shared_task(name="outages.slide_windows")
def slide_windows() -> None:
    """Count anew the lines and 台区 whose windows moved on since yesterday."""
    moved = frequency.slide_windows(at=timezone.now())
    if moved:
        logger.info("frequency: %s parts counted as of today", moved)


@shared_task(name="outages.rejudge")
def rejudge() -> None:
    """Count every line and 台区 anew, so that a change of the rules takes hold."""
    counted = frequency.rejudge(at=timezone.now())
    logger.info("frequency: %s parts counted anew", counted)


@shared_task(name="outages.remove_orphans")
def remove_orphans() -> None:
    """Delete pictures of faults that no report names."""
    removed = photos.remove_orphans(at=timezone.now())
    if removed:
        logger.info("photos: %s orphaned files removed", removed)


@shared_task(name="outages.forget_reporters")
def forget_reporters() -> None:
    """Forget who reported the faults of half a year ago."""
    forgotten = forgetting.forget(at=timezone.now())
    if forgotten:
        logger.info("reports: %s without their reporter from now on", forgotten)
