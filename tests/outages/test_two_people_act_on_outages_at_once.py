"""Two people at the same moment: one of them wins, and nothing is counted twice."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from outages.lifecycles.outage import Status
from outages.models import Interruption, Outage, OutageEvent
from outages.services import (
    announcing,
    bringing_in,
    drafting,
    outage_files,
    running,
)
from outages.services.invariants import outages as of_outages
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from sla.ground.errors import Refused
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    SCHOOL,
    START,
    announced,
    approved,
    begun,
    drafted,
    fault,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def _together(*acts: Callable[[], object]) -> list[str]:
    """Run acts at the same moment; return each one's refusal, or ``done``."""
    start = threading.Barrier(len(acts))
    answers: dict[int, str] = {}

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait(timeout=60)
        try:
            act()
            answers[number] = "done"
        except (Refused, ValidationError) as refusal:
            answers[number] = type(refusal).__name__
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(number, act))
        for number, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(acts))]


def _promises_kept() -> None:
    assert [i for i in of_outages.invariants(END) if i.broken] == []


def test_an_outage_is_announced_once():
    grid()
    outage = approved()
    sun(), zhou()

    answers = _together(
        *(
            lambda: announcing.announce(
                Outage.objects.get(pk=outage.pk), by=sun(), at=NOW
            )
            for _ in range(4)
        )
    )

    assert sorted(answers) == ["OutOfOrder", "OutOfOrder", "OutOfOrder", "done"]
    events = OutageEvent.objects.filter(reference=outage.number, action="announce")
    assert events.count() == 1
    _promises_kept()


def test_a_begin_and_a_cancellation_do_not_both_happen():
    grid()
    outage = announced()

    answers = _together(
        lambda: running.begin(Outage.objects.get(pk=outage.pk), by=zhou(), at=START),
        lambda: announcing.cancel(
            Outage.objects.get(pk=outage.pk), reason="不停了", by=sun(), at=START
        ),
    )

    assert sorted(answers) == ["OutOfOrder", "done"]
    _promises_kept()


def test_two_outages_that_begin_together_share_no_area():
    grid()
    one, other = announced(LINE_ONE), announced(GARDEN, SCHOOL)

    _together(
        lambda: running.begin(one, by=zhou(), at=START),
        lambda: running.begin(other, by=sun(), at=START),
    )

    out = Interruption.objects.filter(began_at__isnull=False)
    assert out.filter(transformer__code="T-YY1-01").count() == 1
    assert out.filter(transformer__code="T-YY1-02").count() == 1
    _promises_kept()


def test_a_fault_is_recorded_by_the_first_of_two_callers():
    grid()
    people = (sun(), zhou())

    answers = _together(*(lambda by=by: fault(GARDEN, by=by) for by in people))

    assert sorted(answers) == ["Refused", "done"]
    assert Outage.objects.count() == 1


def test_crosswise_merges_end_with_one_outage():
    grid()
    one, other = drafted(GARDEN), drafted(SCHOOL)

    answers = _together(
        lambda: drafting.merge(one, into=other, by=zhou(), at=NOW),
        lambda: drafting.merge(other, into=one, by=sun(), at=NOW),
    )

    assert sorted(answers) == ["OutOfOrder", "done"]
    left = Outage.objects.get(status=Status.DRAFTED)
    assert left.households == 500
    _promises_kept()


def test_two_restorations_end_an_outage_once():
    grid()
    outage = begun(GARDEN, SCHOOL)

    answers = _together(
        lambda: running.restore(Outage.objects.get(pk=outage.pk), by=zhou(), at=END),
        lambda: running.restore_part(
            Outage.objects.get(pk=outage.pk),
            transformers=["T-YY1-01"],
            by=sun(),
            at=END,
        ),
    )

    assert answers[0] == "done"
    outage.refresh_from_db()
    assert outage.status == Status.RESTORED
    _promises_kept()


def _record(reference: str = "") -> OutageRecord:
    began = NOW - timedelta(hours=2)
    scope = (ScopePart("", "L-YY1"),)
    return OutageRecord(
        "fault", "雷击", scope, began, began + timedelta(hours=1), reference=reference
    )


@pytest.mark.parametrize(
    ("reference", "answers"),
    [
        ("", ["FileRefused", "done", "FileRefused", "FileRefused"]),
        ("A-1", ["done"] * 4),
    ],
)
def test_the_same_file_is_brought_in_once(reference, answers):
    grid()
    sun()

    said = _together(
        *(
            lambda: outage_files.load([_record(reference)], by=sun(), at=NOW)
            for _ in range(4)
        )
    )

    assert sorted(said) == sorted(answers)
    assert Outage.objects.count() == 1
    _promises_kept()


def test_the_same_reference_of_two_places_is_brought_in_once(monkeypatch):
    grid()
    sun()
    elsewhere = replace(_record("A-1"), scope=(ScopePart("", "L-HP1"),))
    # Each looks for the reference before the other has written it.
    looked = threading.Barrier(2)
    write = bringing_in.write

    def slowly(*args, **facts):
        looked.wait(timeout=60)
        return write(*args, **facts)

    monkeypatch.setattr(bringing_in, "write", slowly)

    said = _together(
        lambda: outage_files.load([_record("A-1")], by=sun(), at=NOW),
        lambda: outage_files.load([elsewhere], by=sun(), at=NOW),
    )

    assert sorted(said) == ["FileRefused", "done"]
    assert Outage.objects.count() == 1


def test_a_file_and_a_fault_do_not_put_an_area_out_twice():
    grid()
    sun(), zhou()
    began = NOW - timedelta(hours=2)
    record = OutageRecord("fault", "雷击", (ScopePart("", "T-YY1-01"),), began)

    said = _together(
        lambda: outage_files.load([record], by=sun(), at=NOW),
        lambda: fault(GARDEN, moment=began, at=NOW),
    )

    assert "done" in said
    assert Interruption.objects.filter(began_at__isnull=False).count() == 1
    _promises_kept()
