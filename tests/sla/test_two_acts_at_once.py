"""Two acts on one clock at once: one is done, the other finds it done."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from sla.models import Clock
from sla.services import clocks, invariants, policies, sweep
from tests.sla.world import BY, at, kinds, started

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> None:
    """Run acts in threads of their own from one starting line."""
    line = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            line.wait(60)
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def stop(clock: Clock, moment: str) -> Callable[[], object]:
    """Return the act that ends a clock."""
    return lambda: clocks.stop(reference=clock.reference, at=at(moment), by=BY)


@pytest.fixture(autouse=True)
def _laws(transactional_db: None) -> None:
    policies.load(at=at("2026-01-01"))


def test_a_clock_is_stopped_once() -> None:
    for _ in range(10):
        clock = started("2026-09-01")
        at_once(stop(clock, "2026-09-02"), stop(clock, "2026-09-02"))
        assert kinds(clock) == ["start", "stop"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_clock_is_started_once() -> None:
    for number in range(10):
        reference = f"BD{number}"
        at_once(*[lambda r=reference: started(reference=r)] * 2)  # type: ignore[misc]
        assert Clock.objects.of(reference).count() == 1


def test_a_sweep_and_a_stop_leave_one_breach_in_order() -> None:
    for _ in range(10):
        clock = started("2026-09-01")
        late = at("2026-09-20") + timedelta(minutes=1)
        at_once(stop(clock, "2026-09-20"), lambda moment=late: sweep.run(at=moment))  # type: ignore[misc]
        assert kinds(clock) == ["start", "warn", "breach", "stop"]
    assert not any(i.broken for i in invariants.invariants(at("2026-10-01")))
