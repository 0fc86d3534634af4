"""The demo world shows every status, keeps every promise, and is the same each time."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.db.models import Count

from applications.lifecycle import Status
from applications.models import Application, Event
from applications.services import filing
from applications.services.invariants import invariants
from portal.demo_world import building
from sla.engine import SHANGHAI, Unreckonable
from sla.ground.actors import Role
from sla.management.sentences import BadCommandLine
from sla.models import Clock
from sla.services import calendars, policies
from sla.services.invariants import invariants as clock_invariants
from sla.vocabulary import ClockState
from tests import cast

pytestmark = pytest.mark.django_db

NOW = cast.at("2026-11-20", "15:00")
NUMBER = 40


def build(at: datetime = NOW) -> dict[str, int]:
    building.build(number=NUMBER, at=at, seed=7, progress=lambda _done: None)
    rows = Application.objects.values_list("status").annotate(n=Count("pk"))
    return dict(rows)


def test_every_status_is_shown_and_every_promise_kept() -> None:
    statuses = build()
    assert {s.value for s in Status} - set(statuses) <= {Status.DRAFT.value}
    assert sum(statuses.values()) == NUMBER
    for invariant in [*invariants(NOW), *clock_invariants(NOW)]:
        assert invariant.broken == [], invariant.promise


def test_no_draft_is_older_than_drafts_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(building, "UNSENT", 1)
    assert build()[Status.DRAFT] > NUMBER / 4
    assert filing.purge_drafts(at=NOW) == 0


def test_some_are_overdue_and_some_are_paused() -> None:
    build()
    running = Clock.objects.filter(state=ClockState.RUNNING)
    assert running.filter(breached_at__isnull=False).exists()
    assert Clock.objects.filter(state=ClockState.PAUSED).exists()
    assert running.filter(exempt_reported=True).exists()


@pytest.mark.parametrize(
    "at",
    [
        cast.at("2026-11-22", "06:17"),  # a Sunday
        cast.at("2026-10-03", "23:00"),  # in the holidays
        cast.at("2026-11-23", "08:01"),  # the offices have just opened
    ],
)
def test_nobody_works_at_night_because_a_demo_is_begun_at_night(at: datetime) -> None:
    statuses = build(at)
    assert {s.value for s in Status} - set(statuses) <= {Status.DRAFT.value}
    calendar = calendars.calendar_for(policies.home_region())
    for event in Event.objects.exclude(by_role=Role.SYSTEM):
        moment = event.at.astimezone(SHANGHAI)
        assert calendar.is_workday(moment.date()), event
        assert 8 <= moment.hour <= 17, event


def test_the_months_before_have_their_cases() -> None:
    build()
    closed = Application.objects.filter(status=Status.ARCHIVED).datetimes(
        "closed_at", "month", tzinfo=SHANGHAI
    )
    assert closed.count() >= 3


def test_everybody_has_something_to_look_at() -> None:
    build()
    assert Application.objects.visible_to(cast.zhang()).count() >= 3
    assert Application.objects.visible_to(cast.chen()).count() >= 4


@pytest.mark.parametrize("areas", [0, 15, 100_001])
def test_a_senseless_number_of_areas_is_refused(areas: int, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    with pytest.raises(BadCommandLine, match="--areas"):
        call_command("seed", applications=1, areas=areas, stdout=StringIO())


@pytest.mark.parametrize("number", ["0", "-3", "1000001"])
def test_a_senseless_number_is_refused(number: str, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    with pytest.raises(BadCommandLine, match="--applications"):
        call_command("seed", applications=int(number), stdout=StringIO())


def test_a_database_without_tables_is_one_sentence(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(**_options: object) -> None:
        raise OperationalError("no such table: sla_region")

    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setattr("sla.services.policies.load", missing)
    with pytest.raises(Unreckonable, match="请先运行"):
        call_command("seed", applications=1, stdout=StringIO())


def test_a_real_installation_is_never_seeded(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    monkeypatch.setattr("portal.management.commands.seed.public_keys", list)
    with pytest.raises(BadCommandLine, match="演示环境"):
        call_command("seed", applications=1, stdout=StringIO())
    assert not Application.objects.exists()


def test_a_checkout_with_its_public_keys_may_be_seeded(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    call_command("seed", applications=1, areas=16, stdout=StringIO())
    assert Application.objects.count() == 1


def test_the_command_shows_its_progress_and_who_may_sign_in(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    out = StringIO()
    call_command("seed", applications=3, areas=16, stdout=out)
    assert "3/3" in out.getvalue()
    assert "/staff/sign-in/" in out.getvalue()
    assert Application.objects.count() == 3
