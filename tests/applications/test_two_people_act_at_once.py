"""Of several people who act at the same moment one wins; the others are told."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from unittest import mock

import pytest
from django.db import connection

from applications.lifecycle import Status
from applications.models import Application, Event
from applications.services import acceptance, acting, filing
from sla.ground.errors import OutOfOrder, Refused
from sla.models import Clock
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

ACTORS = 6


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


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


def accept_as(number: int, application: Application) -> Callable[[], object]:
    manager = [cast.wang(), cast.zhao()][number % 2]
    manager.district_codes()
    own_copy = Application.objects.get(pk=application.pk)
    return lambda: acceptance.accept(own_copy, by=manager, at=cast.NOW)


@pytest.mark.parametrize("race", range(3))
def test_one_acceptance_wins(race: int) -> None:
    application = cast.submitted()
    results = at_once([accept_as(n, application) for n in range(ACTORS)])
    refused = [r for r in results if isinstance(r, OutOfOrder)]
    assert len(refused) == ACTORS - 1
    assert all("已受理" in refusal.reason for refusal in refused)
    assert Event.objects.filter(application=application, action="accept").count() == 1
    assert Clock.objects.of(application.number).filter(kind="stage").count() <= 2


def test_a_return_and_an_acceptance_do_not_both_happen() -> None:
    application = cast.submitted()
    manager, copy = cast.wang(), Application.objects.get(pk=application.pk)
    manager.district_codes()
    results = at_once(
        [
            accept_as(1, application),
            lambda: acceptance.return_for_supplement(
                copy, by=manager, at=cast.NOW, missing=["property"]
            ),
        ]
    )
    assert sum(isinstance(r, Refused) for r in results) == 1
    application.refresh_from_db()
    assert application.status in {Status.ACCEPTED, Status.RETURNED}
    assert application.last_seq == 2


def test_one_submission_however_often_it_is_clicked() -> None:
    draft = cast.drafted()
    copies = [Application.objects.get(pk=draft.pk) for _ in range(ACTORS)]
    owner = cast.zhang()
    results = at_once(
        [partial(filing.submit, copy, by=owner, at=cast.NOW) for copy in copies]
    )
    numbers = {r.number for r in results if isinstance(r, Application)}
    assert len(numbers) == 1
    assert None not in numbers
    assert Event.objects.filter(action="submit").count() == 1


@pytest.mark.postgresql
def test_without_the_lock_the_race_would_be_lost() -> None:
    """Show that the races are real: without the guard, acts collide."""

    def unlocked(application: Application) -> Application:
        return Application.objects.select_related("region", "applicant").get(
            pk=application.pk
        )

    lost = 0
    with mock.patch.object(acting, "lock", unlocked):
        for _race in range(10):
            application = cast.submitted()
            results = at_once([accept_as(n, application) for n in range(ACTORS)])
            clean = sum(isinstance(r, OutOfOrder) for r in results) == ACTORS - 1
            lost += not clean
    assert lost > 0
