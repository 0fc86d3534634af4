"""Clocks, moments and papers say what the chained record says, or are named."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from applications.lifecycle import Status
from applications.models import Application, Event, Inspection, Plan
from applications.services import casework
from applications.services.acceptance import Survey
from applications.services.filing import Need
from applications.services.invariants import invariants
from sla.models import Clock, ClockEvent
from sla.services import clocks, ledger
from sla.services.invariants import invariants as of_clocks
from sla.vocabulary import ClockEventKind as Kind
from tests import cast

pytestmark = pytest.mark.django_db
EARLIER = timedelta(days=3)
LATER = cast.NOW + timedelta(days=60)


@pytest.fixture
def application() -> Application:
    cast.laws()
    case = cast.submitted(cast.FACTORY)
    for day in range(1, 20):
        cast.step(case, cast.NOW + timedelta(days=day), None)
        if case.status == Status.SIGNING:
            break
    return case


def broken(name: str) -> list[str]:
    return next(i.broken for i in invariants(cast.NOW) if i.name == name)


def unlocked(table: str, trigger: str) -> None:
    """Take the guard away that the database's owner alone can take away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {trigger}")


def test_a_stop_that_was_moved_in_ledger_and_clock_alike_is_found(
    application: Application,
) -> None:
    stop = ClockEvent.objects.get(
        clock__reference=application.number, clock__stage="plan_reply", kind="stop"
    )
    unlocked("sla_clockevent", "sla_clockevent_append_only")
    ClockEvent.objects.filter(pk=stop.pk).update(at=stop.at - timedelta(hours=2))
    [book] = ledger.open_books([stop.clock])
    ledger.derive(book, LATER)
    book.clock.save()

    assert [i.name for i in of_clocks(LATER) if i.broken] == []
    assert broken("clock-retold") == [application.number]


def test_a_pause_that_nobody_ordered_is_found(application: Application) -> None:
    case = cast.submitted(cast.FACTORY)
    assert case.number is not None
    clocks.pause(
        reference=case.number, kinds=["stage"], at=cast.NOW, by="甲", reason="等"
    )
    assert broken("clock-retold") == [case.number]


def test_a_case_that_was_quietly_called_limited_is_found(
    application: Application,
) -> None:
    assert application.number is not None
    clocks.mark_exempt(
        reference=application.number, at=cast.at("2026-12-01"), by="甲", reason="受限"
    )
    assert broken("clock-retold") == [application.number]


def test_a_clock_that_vanished_with_its_ledger_is_found(
    application: Application,
) -> None:
    gone = Clock.objects.get(reference=application.number, stage="plan_reply")
    unlocked("sla_clockevent", "sla_clockevent_append_only")
    ClockEvent.objects.filter(clock=gone).delete()
    gone.delete()
    assert broken("clock-kept") == [application.number]


def test_a_clock_of_no_case_is_found(application: Application) -> None:
    clock = Clock.objects.filter(reference=application.number, kind="total").get()
    Clock.objects.filter(pk=clock.pk).update(reference="BD-NOBODY")
    clock.refresh_from_db()
    assert broken("case-kept") == [str(clock)]


@pytest.mark.parametrize(
    "change",
    [{"region": cast.HEPING}, {"user_type": "low_voltage"}, {"round": 2}],
    ids=["region", "user type", "round"],
)
def test_a_clock_put_elsewhere_is_found(
    application: Application, change: dict[str, object]
) -> None:
    Clock.objects.filter(reference=application.number, stage="plan_reply").update(
        **change
    )
    assert broken("clock-retold") == [application.number]


def test_a_promise_may_end_before_the_case_does(application: Application) -> None:
    assert application.number is not None
    total = Clock.objects.filter(reference=application.number, kind="total")
    total.update(level="promise")
    clocks.cancel(
        reference=application.number,
        kinds=["total"],
        at=cast.NOW + timedelta(days=30),
        by="甲",
        reason="用户类型变更",
    )
    assert total.get().events.latest("seq").kind == Kind.CANCEL
    assert broken("clock-retold") == []


@pytest.mark.parametrize("moment", ["submitted_at", "accepted_at", "permit_since"])
def test_a_moment_that_was_changed_is_found(
    application: Application, moment: str
) -> None:
    before = getattr(application, moment) or cast.NOW
    Application.objects.filter(pk=application.pk).update(**{moment: before - EARLIER})
    assert broken("moments-retold") == [application.number]


def test_a_moment_that_was_emptied_is_found(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(accepted_at=None)
    assert broken("moments-retold") == [application.number]


@pytest.mark.parametrize(
    "change",
    [{"region": cast.HEPING}, {"user_type": "three_zero"}],
    ids=["region", "user type"],
)
def test_a_case_that_was_given_other_limits_is_found(
    application: Application, change: dict[str, object]
) -> None:
    Application.objects.filter(pk=application.pk).update(**change)
    assert broken("type-retold") == [application.number]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Plan.objects.all().delete(),
        lambda: Plan.objects.update(replied_at=cast.NOW - EARLIER),
        lambda: Inspection.objects.all().delete(),
        lambda: Inspection.objects.update(passed=False),
        lambda: Inspection.objects.update(concluded_at=cast.NOW - EARLIER),
        lambda: Inspection.objects.update(reported_at=cast.NOW - EARLIER),
    ],
    ids=["no plan", "plan", "no inspection", "verdict", "concluded", "reported"],
)
def test_papers_that_were_changed_are_found(
    application: Application, change: Callable[[], object]
) -> None:
    assert application.inspections.exists()
    change()
    assert broken("papers-retold") == [application.number]


@pytest.mark.parametrize("change", [{"after": "nowhere"}, {"payload": [1]}])
def test_a_record_that_makes_no_sense_is_named_and_breaks_nothing(
    application: Application, change: dict[str, object]
) -> None:
    unlocked("applications_event", "applications_event_unchanged")
    Event.objects.filter(application=application, seq=2).update(**change)
    found = {i.name for i in invariants(cast.NOW) if i.broken}
    assert "event-chain" in found


@pytest.mark.parametrize("need", [cast.SCHOOL, cast.SHOP], ids=["steps", "三零"])
def test_a_case_whose_permit_was_waited_for_is_told_alike(need: Need) -> None:
    cast.laws()
    case = cast.walk(Status.ACCEPTED, need, survey=Survey(external_line=True))
    begun, ended = cast.at("2026-09-03"), cast.at("2026-09-09")
    casework.wait_for_permit(case, by=cast.wang(), at=begun, authority="城管委")
    assert [i.name for i in invariants(begun) if i.broken] == []
    casework.receive_permit(case, by=cast.wang(), at=ended)
    assert [i.name for i in invariants(ended) if i.broken] == []
