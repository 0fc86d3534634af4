"""A case that came to nothing loses its people three years after it was closed."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from applications.lifecycle import Status
from applications.models import Application, Document
from applications.services import connecting, forgetting
from applications.tasks import forget_unsuccessful
from portal.accounts.models import User
from portal.celery import app
from tests import cast
from tests.filing.walking import browser_of, text_of

pytestmark = pytest.mark.django_db
DAY_BEFORE, DAY_AFTER = cast.at("2029-08-31"), cast.at("2029-09-02")


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


def withdrawn() -> Application:
    """Return what 张大爷 filed and took back on 1 September 2026."""
    return connecting.withdraw(
        cast.submitted(), reason="不办了", by=cast.zhang(), at=cast.NOW
    )


def forgotten(at: datetime = DAY_AFTER) -> int:
    return forgetting.forget_unsuccessful(at=at)


def on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_day_has_to_come() -> None:
    withdrawn()
    assert [forgotten(DAY_BEFORE), forgotten(DAY_AFTER)] == [0, 1]


def test_once_is_enough() -> None:
    withdrawn()
    assert [forgotten(), forgotten()] == [1, 0]


def test_nobody_is_named_any_more(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    case = withdrawn()
    assert on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        forgotten()
    case.refresh_from_db()
    who = case.applicant
    assert who is not None
    assert {who.name, who.id_number, who.contact_name, who.phone} == {""}
    assert {who.id_index, who.phone_index} == {""}
    assert case.address == "友谊路****"
    assert not Document.objects.exists()
    assert on_disk() == []


def test_the_case_itself_stays_with_its_history_in_order() -> None:
    case = withdrawn()
    forgotten()
    case.refresh_from_db()
    assert case.number
    assert case.status == Status.WITHDRAWN
    assert [event.action for event in case.events.all()] == ["submit", "withdraw"]
    call_command("check_invariants")


@pytest.mark.parametrize("status", [Status.ARCHIVED, Status.PLAN_REPLIED])
def test_whoever_got_power_or_still_waits_stays(status: Status) -> None:
    case = cast.walk(status, cast.HOME)
    assert forgotten(cast.at("2036-01-01")) == 0
    case.refresh_from_db()
    assert case.applicant is not None
    assert case.applicant.name == "张建国"


@pytest.mark.parametrize(
    ("who", "page"),
    [
        (cast.zhang, "/applications/{number}/"),
        (cast.wang, "/admin/applications/application/{pk}/change/"),
        (cast.liu, "/board/tickets/{number}/"),
        (cast.zhang, "/api/v1/applications/{number}/"),
    ],
)
def test_its_pages_still_open_and_name_nobody(who: object, page: str) -> None:
    case = withdrawn()
    forgotten()
    person = who() if callable(who) else who
    assert isinstance(person, User)
    answer = browser_of(person).get(page.format(number=case.number, pk=case.pk))
    assert answer.status_code == 200
    assert "建国" not in text_of(answer)
    assert "12号3门" not in text_of(answer)


def test_the_29th_of_february_is_a_day_like_others() -> None:
    withdrawn()
    assert forgotten(cast.at("2028-02-29")) == 0
    assert forgotten(cast.at("2032-02-29")) == 1


def test_beat_starts_it_every_night() -> None:
    withdrawn()
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert forget_unsuccessful.name in planned
    forget_unsuccessful()
    assert Document.objects.exists(), "three years are not over"
