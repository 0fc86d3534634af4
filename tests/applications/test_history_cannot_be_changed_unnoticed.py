"""Every act leaves one event, chained to the one before; a changed one shows."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from applications.lifecycle import Status
from applications.models import Application, Event
from applications.services import acceptance, casework
from applications.services.history import LateEntry
from applications.services.invariants import invariants
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    cast.laws()
    return cast.walk(Status.CONNECTING)


def guard_off() -> None:
    """Do what only somebody with the database's own keys could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE applications_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER applications_event_unchanged")


def broken(name: str) -> list[str]:
    return next(i.broken for i in invariants(cast.NOW) if i.name == name)


def test_each_act_is_one_numbered_event(application: Application) -> None:
    events = list(application.events.order_by("seq"))
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert [e.action for e in events] == [
        "submit",
        "accept",
        "reply_plan",
        "confirm_plan",
        "sign_contract",
    ]
    assert [e.after for e in events[:-1]] == [e.before for e in events[1:]]
    assert application.last_seq == len(events)


def test_time_never_goes_back_in_it(application: Application) -> None:
    later, earlier = cast.at("2026-09-01", "10:01"), cast.at("2026-09-01", "10:00")
    casework.note(application, by=cast.wang(), at=later, text="已联系")
    casework.note(application, by=cast.zhao(), at=earlier, text="请尽快")
    first, second = application.events.order_by("-seq")[:2]
    assert first.at == second.at == later
    assert broken("event-time") == []


def test_an_untouched_history_holds(application: Application) -> None:
    assert [i.name for i in invariants(cast.NOW) if i.broken] == []


@pytest.mark.parametrize(
    "change",
    [
        {"note": "改过"},
        {"at": cast.at("2026-08-01")},
        {"by_label": "别人"},
        {"payload": {"user_type": "low_voltage"}},
    ],
    ids=["note", "moment", "person", "payload"],
)
def test_a_changed_event_breaks_the_chain(
    application: Application, change: dict[str, object]
) -> None:
    guard_off()
    Event.objects.filter(application=application, seq=2).update(**change)
    assert broken("event-chain")


def test_the_database_itself_refuses_to_change_an_event(
    application: Application,
) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        application.events.filter(seq=2).update(note="改过")


@pytest.mark.postgresql
def test_the_database_itself_refuses_to_remove_an_event(
    application: Application,
) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        application.events.filter(seq=2).delete()


def test_a_removed_event_leaves_a_gap(application: Application) -> None:
    guard_off()
    Event.objects.filter(application=application, seq=3).delete()
    assert broken("event-numbers")
    assert broken("event-chain")


def test_a_status_without_its_event_is_found(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(status=Status.SIGNING)
    assert broken("status-from-events") == [application.number]


@pytest.mark.parametrize("action", ["bribe", "archive"])
def test_an_event_that_no_act_can_have_left_is_found(
    application: Application, action: str
) -> None:
    guard_off()
    event = application.events.get(seq=2)
    Event.objects.filter(pk=event.pk).update(action=action)
    assert broken("event-walk") == [str(Event.objects.get(pk=event.pk))]


def test_the_same_number_cannot_be_written_twice(application: Application) -> None:
    first = application.events.get(seq=1)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_telling_people_does_not_touch_the_chain(application: Application) -> None:
    application.events.update(told_at=cast.NOW)
    assert broken("event-chain") == []


# -- Late entries ---------------------------------------------------------------
def late(**facts: object) -> LateEntry:
    details = {
        "happened_at": cast.at("2026-08-31"),
        "reason": "系统故障，纸质受理",
        "witness": cast.zhao(),
    } | facts
    return LateEntry(**details)  # type: ignore[arg-type]


def test_a_late_entry_shows_its_reason_and_witness_and_keeps_server_time() -> None:
    cast.laws()
    application = cast.submitted()
    acceptance.accept(application, by=cast.wang(), at=cast.NOW, late=late())
    event = application.events.latest("seq")
    assert event.late_entry
    assert event.at == cast.NOW
    assert event.payload["late"]["witness"] == "T0001 赵班长"


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"happened_at": cast.at("2026-09-02")},
    ],
    ids=["no reason", "in the future"],
)
def test_a_late_entry_needs_a_reason_and_a_past(wrong: dict[str, object]) -> None:
    cast.laws()
    application = cast.submitted()
    with pytest.raises(ValidationError):
        acceptance.accept(application, by=cast.wang(), at=cast.NOW, late=late(**wrong))


def test_nobody_vouches_for_themselves() -> None:
    cast.laws()
    application = cast.submitted()
    with pytest.raises(ValidationError, match="另一位班组长"):
        acceptance.accept(
            application, by=cast.zhao(), at=cast.NOW, late=late(witness=cast.zhao())
        )
