"""Two people record outages of one part in the same moment: one case, both counted."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection

from outages.models import GovernanceCase, OutageEvent
from outages.services import governance, judging, running
from outages.services.invariants.governance import invariants
from sla.ground.errors import Refused
from tests.cast import at, sun
from tests.governance.world import (
    case_of,
    claim,
    cut_on,
    frequency_of,
    observe,
    part_of,
)
from tests.grid import grid, zhou

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = at("2026-09-01")


def at_once(*acts) -> None:
    """Do several things in threads of their own, all beginning together."""
    barrier = Barrier(len(acts))

    def run(act) -> None:
        try:
            barrier.wait(timeout=60)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for future in [pool.submit(run, act) for act in acts]:
            future.result()


def test_a_line_and_its_area_at_once() -> None:
    network = grid()
    cut_on(network.village, "2026-08-01", "2026-08-02", "2026-08-03")
    cut_on(network.square, "2026-08-01", "2026-08-02", "2026-08-03")
    people = [sun(), zhou()]

    def record(part, by) -> None:
        running.record_fault(
            scope=[part_of(part)], reason="故障", began_at=NOW, by=by, at=NOW
        )

    at_once(
        lambda: record(network.village, people[0]),
        lambda: record(network.square, people[1]),
    )
    for part in (network.village, network.square):
        assert frequency_of(part).in_60_days == 4
        assert case_of(part).status == "opened"
    # Each is the only 台区 of its line, which therefore has a case as well.
    assert GovernanceCase.objects.count() == 4
    assert OutageEvent.objects.filter(action="open").count() == 4


def test_two_exclusions_at_once_lift_one_case_once() -> None:
    network = grid()
    days = ("2026-08-01", "2026-08-02", "2026-08-03", "2026-08-04", "2026-08-05")
    outages = cut_on(network.village, *days)
    for outage in outages[:4]:
        claim(outage, NOW)
    second = zhou()
    at_once(
        *(
            lambda outage=outage: judging.confirm_exclusion(outage, by=second, at=NOW)
            for outage in outages[:4]
        )
    )
    assert frequency_of(network.village).in_60_days == 1
    case = case_of(network.village)
    assert case.status == "lifted"
    told = OutageEvent.objects.filter(reference=case.number, action="lift")
    assert told.count() == 1


def test_a_case_closed_while_power_fails_is_open_in_the_end() -> None:
    network = grid()
    cut_on(network.garden, "2026-03-01", *(f"2026-08-0{day}" for day in range(1, 5)))
    case = case_of(network.garden)
    observe(case, NOW)
    moment = at("2026-11-01")
    closer, recorder = zhou(), sun()

    def close() -> None:
        # Refused, if power failed first.
        with suppress(Refused):
            governance.close(case, by=closer, at=moment)

    at_once(
        close,
        lambda: running.record_fault(
            scope=[part_of(network.garden)], reason="故障", began_at=moment,
            by=recorder, at=moment,
        ),
    )  # fmt: skip
    case.refresh_from_db()
    # The sixth within a year.
    assert (case.status, case.reopened) == ("opened", 1)
    assert [one.name for one in invariants(moment) if one.broken] == []


def test_two_outages_of_different_households_in_scope_of_one_line() -> None:
    network = grid()
    cut_on(network.youyi_one, "2026-08-01", "2026-08-02", "2026-08-03")
    first, second = sun(), zhou()

    def record(part, by) -> None:
        running.record_fault(
            scope=[part_of(part)], reason="故障", began_at=NOW, by=by, at=NOW
        )

    at_once(
        lambda: record(network.garden, first), lambda: record(network.school, second)
    )
    assert {case.part.code for case in GovernanceCase.objects.all()} == {
        network.garden.code,
        network.school.code,
    }
