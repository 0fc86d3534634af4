"""What beat starts: read the clock, call one service."""

import logging

from celery import shared_task
from django.utils import timezone

from portal.supervision.services import freezing

logger = logging.getLogger(__name__)


@shared_task(name="supervision.freeze_months")
def freeze_months() -> None:
    """Freeze the figures of months that are over."""
    frozen = freezing.run(at=timezone.now())
    if frozen:
        logger.info("supervision: frozen %s", [f"{day:%Y-%m}" for day in frozen])
