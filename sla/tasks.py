"""What beat starts on this floor; each task reads the clock and calls one service."""

import logging

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from sla.services import calendars, recompute, rulebook, sweep
from sla.services.ledger import SYSTEM

logger = logging.getLogger(__name__)
SEEN = "sla.recompute.rules"


@shared_task(name="sla.sweep")
def sweep_clocks() -> None:
    """Mark warnings and breaches that have come due."""
    result = sweep.run(at=timezone.now())
    if result.batches:
        logger.info("sweep: %s warned, %s breached", result.warned, result.breached)


@shared_task(name="sla.recompute")
def recompute_clocks() -> None:
    """Bring open clocks to today's rules, if the rules changed since the last time.

    What was seen last is kept in the cache: a lost cache costs one look more.
    """
    mark = f"{rulebook.LIBRARY} {rulebook.mark()}"
    if cache.get(SEEN) == mark:
        return
    calendars.keep_library()
    plan = recompute.run(at=timezone.now(), by=SYSTEM)
    cache.set(SEEN, mark, timeout=None)
    logger.info("recompute: %s moved, %s annotated", plan.moved, plan.annotated)


@shared_task(name="sla.calendar_alarm")
def calendar_alarm() -> None:
    """Tell the operator in the log when the official calendar is about to end."""
    sentence = calendars.alarm(timezone.now())
    if sentence:
        logger.warning("calendar: %s", sentence)
