"""Sweeps at once mark each clock once; a control without the guard marks it twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from sla.models import Clock, ClockEvent
from sla.services import policies, sweep
from tests.sla.world import at, started

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
CLOCKS, SWEEPERS = 120, 3
WHEN = at("2026-10-17")


def together(work: Callable[[threading.Barrier], int]) -> int:
    """Run the work in several threads from one starting line; return what they did."""
    line, done = threading.Barrier(SWEEPERS), []

    def run() -> None:
        try:
            done.append(work(line))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(SWEEPERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == SWEEPERS
    return sum(done)


def guarded(line: threading.Barrier) -> int:
    """Sweep as the product does."""
    line.wait(60)
    return sweep.run(at=WHEN, batch=7).warned


def unguarded(line: threading.Barrier) -> int:
    """Look first, mark later, as one would without thinking of the others."""
    due = list(Clock.objects.running().filter(next_event_at__lt=WHEN))
    line.wait(60)
    return Clock.objects.filter(pk__in=[clock.pk for clock in due]).update(
        next_event_at=None
    )


@pytest.fixture(autouse=True)
def _due(transactional_db: None) -> None:
    policies.load(at=at("2026-01-01"))
    for _ in range(CLOCKS):
        started("2026-09-30")


def test_each_clock_is_warned_once() -> None:
    assert together(guarded) == CLOCKS
    assert ClockEvent.objects.filter(kind="warn").count() == CLOCKS


def test_the_control_marks_clocks_more_than_once() -> None:
    assert together(unguarded) > CLOCKS
