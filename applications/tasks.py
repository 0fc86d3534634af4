"""What beat starts on this floor; each task reads the clock and calls one service."""

import logging

from celery import shared_task
from django.utils import timezone

from applications.services import filing, forgetting, planning, storage

logger = logging.getLogger(__name__)


@shared_task(name="applications.purge_drafts")
def purge_drafts() -> None:
    """Delete drafts that nobody submitted within thirty days."""
    gone = filing.purge_drafts(at=timezone.now())
    if gone:
        logger.info("drafts: %s deleted after thirty days", gone)


@shared_task(name="applications.forget_unsuccessful")
def forget_unsuccessful() -> None:
    """Forget who filed what came to nothing years ago."""
    forgotten = forgetting.forget_unsuccessful(at=timezone.now())
    if forgotten:
        logger.info("applications: %s without their applicant from now on", forgotten)


@shared_task(name="applications.expire_plans")
def expire_plans() -> None:
    """End the applications whose supply plan ran out unconfirmed."""
    ended = planning.expire_plans(at=timezone.now())
    if ended:
        logger.info("plans: %s expired", ended)


@shared_task(name="applications.remove_orphans")
def remove_orphans() -> None:
    """Delete stored files that belong to no paper."""
    removed = storage.remove_orphans(at=timezone.now())
    if removed:
        logger.info("files: %s without a paper removed", removed)
