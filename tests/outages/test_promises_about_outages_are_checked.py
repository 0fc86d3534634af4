"""Rows that nobody could have written through the services are found and named."""

from datetime import timedelta

import pytest
from django.db import connection

from outages.models import (
    Arrears,
    Interruption,
    LineInterruption,
    Outage,
    OutageEvent,
)
from outages.services import announcing, arrears, judging, outage_files, running
from outages.services.drafting import Debt
from outages.services.invariants import invariants
from outages.services.invariants import outages as of_outages
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from outages.vocabulary import Exclusion, OutageKind
from sla.ground.actors import SYSTEM
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    SCHOOL,
    START,
    ZHANG_HOME,
    announced,
    drafted,
    fault,
    restored,
)

pytestmark = pytest.mark.django_db
LATER = END + timedelta(days=60)


def _broken() -> dict[str, list[str]]:
    return {i.name: i.broken for i in of_outages.invariants(LATER) if i.broken}


def _world():
    """Return planned works done, with faults, a claim, arrears and imports beside."""
    grid()
    works = restored(LINE_ONE)
    claim = fault(SCHOOL, moment=END)
    judging.classify(claim, cause="weather", evidence="证明", by=zhou(), at=END)
    judging.confirm_exclusion(claim, by=sun(), at=END)
    soon = END + timedelta(days=1)
    announced(
        GARDEN, starts_at=soon, ends_at=soon + timedelta(hours=2), at=END,
        late_reason="急",
    )  # fmt: skip
    owed = drafted(
        ZHANG_HOME, kind=OutageKind.ARREARS, ends_at=None, at=NOW,
        arrears=Debt((NOW - timedelta(days=40)).date(), ((NOW.date()),)),
        starts_at=END + timedelta(days=3),
    )  # fmt: skip
    announcing.approve(owed, by=sun(), at=NOW)
    announcing.announce(owed, by=sun(), at=NOW)
    begins = owed.starts_at
    assert begins is not None
    arrears.give_final_notice(owed, by=zhou(), at=begins - timedelta(hours=2))
    running.begin(owed, by=zhou(), at=begins)
    arrears.record_payment(owed, by=zhou(), at=begins + timedelta(days=1))
    _load(
        cause="weather", exclusion="confirmed", evidence="证明",
        classified_by="甲", confirmed_by="乙",
    )  # fmt: skip
    return works, claim, owed


def _load(**judged: str) -> Outage:
    began = NOW - timedelta(days=9)
    record = OutageRecord(
        "fault", "雷击", (ScopePart("", "T-HP1-01"),), began,
        began + timedelta(hours=1), **judged,  # type: ignore[arg-type]
    )  # fmt: skip
    (outage,) = outage_files.load([record], by=SYSTEM, at=END).outages
    return outage


def test_what_went_through_the_services_keeps_every_promise():
    _world()

    assert _broken() == {}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("outage-status", {"last_seq": 2}),
        ("outage-status", {"status": "reviewed"}),
        ("outage-number", {"number": "TD-0000-0000-0000-1"}),
        ("outage-households", {"households": 1}),
        ("interruption-began", {"began_at": START + timedelta(seconds=1)}),
        ("interruption-ended", {"restored_at": END + timedelta(seconds=1)}),
        ("outage-notice", {"late_notice": True}),
        ("outage-notice", {"published_at": START}),
        ("outage-past", {"restored_at": LATER + timedelta(seconds=1)}),
        ("outage-exclusion", {"exclusion": Exclusion.CONFIRMED}),
    ],
)
def test_an_outage_that_was_tampered_with_is_named(name, changes):
    works, _claim, _owed = _world()
    Outage.objects.filter(pk=works.pk).update(**changes)
    works.refresh_from_db()

    assert works.number in _broken()[name]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (
            "interruption-began",
            {"began_at": None, "restored_at": None, "seconds": None},
        ),
        ("interruption-ended", {"restored_at": None, "seconds": None}),
        ("interruption-seconds", {"seconds": 1}),
    ],
)
def test_an_interruption_that_was_tampered_with_is_named(name, changes):
    works, _claim, _owed = _world()
    Interruption.objects.filter(outage=works).update(**changes)

    assert works.number in _broken()[name]


def test_an_area_that_is_out_twice_is_named():
    works, claim, _owed = _world()
    Interruption.objects.filter(outage=works, transformer__code="T-YY1-02").update(
        restored_at=END + timedelta(hours=1)
    )

    assert _broken()["interruption-once"] == [f"{works.number}、{claim.number}"]


@pytest.mark.parametrize(
    "changes", [{"restored_at": None}, {"restored_at": START}, {"began_at": END}]
)
def test_a_line_that_disagrees_with_its_areas_is_named(changes):
    works, _claim, _owed = _world()
    LineInterruption.objects.filter(outage=works).update(**changes)

    assert works.number in _broken()["interruption-lines"]


def test_somebody_who_approved_his_own_draft_is_found():
    works, _claim, _owed = _world()
    _rewrite(works, "approve", by_id=zhou().pk)

    broken = _broken()

    assert broken["outage-two-people"] == [works.number]
    assert "outage-chain" in broken


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"action": "draft"}, "outage-walk"),
        ({"before": "restored"}, "outage-walk"),
        ({"note": "改过"}, "outage-chain"),
    ],
)
def test_a_history_that_was_rewritten_is_found(changes, name):
    works, _claim, _owed = _world()
    _rewrite(works, "begin", **changes)

    assert any(works.number in said for said in _broken()[name])


def test_an_exclusion_by_one_person_is_found_even_when_imported():
    _works, claim, _owed = _world()
    imported = Outage.objects.get(imported=True)
    assert imported.exclusion == Exclusion.CONFIRMED
    _rewrite(imported, "import", payload={"classified_by": "甲", "confirmed_by": "甲"})
    Outage.objects.filter(pk=claim.pk).update(exclusion_by=claim.cause_set_by_id)

    assert _broken()["outage-exclusion"] == [claim.number, imported.number]


def test_a_cut_for_arrears_without_its_steps_is_found():
    _works, _claim, owed = _world()
    Arrears.objects.filter(pk=owed.pk).update(final_notice_at=None)
    assert _broken()["outage-arrears"] == [owed.number]

    Arrears.objects.filter(pk=owed.pk).delete()
    assert _broken()["outage-arrears"] == [owed.number]


def test_a_cut_that_nobody_paid_for_keeps_its_promises():
    _works, _claim, owed = _world()

    Arrears.objects.filter(pk=owed.pk).update(paid_at=None)

    assert _broken() == {}


def test_imported_works_without_announcement_keep_their_promises():
    grid()
    began = NOW - timedelta(days=9)
    record = OutageRecord(
        "planned", "检修", (ScopePart("", "T-HP1-01"),), began,
        began + timedelta(hours=1), "", began, began + timedelta(hours=2),
    )  # fmt: skip
    (outage,) = outage_files.load([record], by=SYSTEM, at=NOW).outages
    assert outage.late_notice
    assert _broken() == {}

    Outage.objects.update(late_notice=False)

    assert _broken() == {"outage-notice": [outage.number]}


def _rewrite(outage: Outage, which: str, **changes: object) -> None:
    """Change an event as only somebody could who switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute(_OFF[connection.vendor])
    OutageEvent.objects.filter(reference=outage.number, action=which).update(**changes)


_OFF = {
    "sqlite": "DROP TRIGGER outages_event_unchanged",
    "postgresql": (
        "SET CONSTRAINTS ALL IMMEDIATE;"
        "ALTER TABLE outages_outageevent DISABLE TRIGGER outages_event_unchanged"
    ),
}


def test_the_promises_of_all_parts_are_asked_together():
    grid()
    fault(GARDEN)

    asked = list(invariants(NOW))

    assert [promise.name for promise in asked if promise.broken] == []
    names = [promise.name for promise in asked]
    assert len(set(names)) == len(names)
    parts = {name.partition("-")[0] for name in names}
    assert parts >= {"outage", "repair", "case", "network", "reliability"}
