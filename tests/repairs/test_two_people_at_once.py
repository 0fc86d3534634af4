"""Two reports of one trouble, two dispatchers of one order: one of each."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection

from outages.models import FaultReport, OutageEvent, RepairOrder
from outages.services import repairing
from sla.ground.errors import OutOfOrder
from sla.models import Clock
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, ordered, reported

ACTORS = 6


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run acts in threads that start together; return results or errors."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=60)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("race", range(3))
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.django_db(transaction=True)
def test_neighbours_who_press_together_share_one_order(
    shared_net: Grid, race: int, known: bool
) -> None:
    facts: dict[str, Any] = {} if known else {"premises": None, "place": "海河边凉亭"}
    results = at_once(
        [
            partial(reported, shared_net, phone=f"1380000000{n}", **facts)
            for n in range(ACTORS)
        ]
    )
    assert all(isinstance(r, FaultReport) for r in results), results
    assert FaultReport.objects.count() == ACTORS
    order = RepairOrder.objects.get()
    assert order.last_seq == OutageEvent.objects.count() == ACTORS
    assert Clock.objects.count() == 1


@pytest.mark.parametrize("race", range(3))
@pytest.mark.django_db(transaction=True)
def test_a_click_repeated_is_one_report(shared_net: Grid, race: int) -> None:
    results = at_once(
        [partial(reported, shared_net, phone="13800000001") for _ in range(ACTORS)]
    )
    assert {getattr(r, "number", r) for r in results} == {
        FaultReport.objects.get().number
    }


@pytest.mark.parametrize("race", range(3))
@pytest.mark.django_db(transaction=True)
def test_one_dispatcher_wins(shared_net: Grid, race: int) -> None:
    order, by = ordered(shared_net), cast.wang()
    by.district_codes()
    crews = [crew(f"{n}班") for n in range(ACTORS)]
    results = at_once(
        [
            partial(
                repairing.dispatch,
                RepairOrder.objects.get(pk=order.pk),
                crew=crews[n],
                by=by,
                at=cast.NOW,
            )
            for n in range(ACTORS)
        ]
    )
    assert sum(isinstance(r, OutOfOrder) for r in results) == ACTORS - 1, results
    order.refresh_from_db()
    assert (order.status, order.last_seq) == ("dispatched", 2)
