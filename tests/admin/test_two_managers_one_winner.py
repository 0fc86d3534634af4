"""Two people press the same button at the same moment: one wins, one reads why not."""

import threading
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.db import connection

from applications.models import Application, Event
from applications.services import acting
from tests import cast
from tests.admin import desk

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def together(*presses: Callable[[], Any]) -> list[Any]:
    """Press all buttons at once, each in its own thread and connection."""
    start = threading.Barrier(len(presses))
    answers: list[Any] = [None] * len(presses)

    def run(index: int, press: Callable[[], Any]) -> None:
        start.wait()
        try:
            answers[index] = press()
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(index, press))
        for index, press in enumerate(presses)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def press_both() -> tuple[Application, list[Any]]:
    """Let 王工 and 赵班长 accept the same application."""
    application = cast.submitted()
    url, seen = desk.act_url(application, "accept"), application.last_seq
    clients = [desk.sign_in(cast.wang()), desk.sign_in(cast.zhao())]
    answers = together(
        *[lambda c=c: c.post(url, {"seen": seen}) for c in clients]  # type: ignore[misc]
    )
    return application, answers


def test_one_wins_and_the_other_reads_a_clear_sentence() -> None:
    for _ in range(5):
        application, answers = press_both()
        assert sorted(a.status_code for a in answers) == [302, 409]
        loser = next(a for a in answers if a.status_code == 409)
        assert "刚刚" in desk.text(loser)
        events = Event.objects.filter(application=application, action="accept")
        assert events.count() == 1


def test_without_the_lock_both_would_win() -> None:
    """Control: with the guard taken away the race is real."""
    both = threading.Barrier(2, timeout=5)

    def unlocked(application: Application) -> Application:
        row = Application.objects.select_related("region", "applicant").get(
            pk=application.pk
        )
        both.wait()
        return row

    with mock.patch.object(acting, "lock", unlocked):
        _application, answers = press_both_carelessly()
    assert [a for a in answers if a == "second" or a == "crash"], answers


def press_both_carelessly() -> tuple[Application, list[str]]:
    """Accept twice and report what happened instead of raising."""
    application = cast.submitted()
    url, seen = desk.act_url(application, "accept"), application.last_seq
    clients = [desk.sign_in(cast.wang()), desk.sign_in(cast.zhao())]

    def press(client: Any) -> str:
        try:
            response = client.post(url, {"seen": seen})
        except Exception:
            return "crash"
        return "refused" if response.status_code == 409 else "second"

    return application, together(*[lambda c=c: press(c) for c in clients])  # type: ignore[misc]
