"""Two people press the same button at the same moment: one wins, one reads why not."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection
from django.test import Client

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
        start.wait(timeout=60)
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


def race(press: Callable[[Client, str, int], Any]) -> list[Callable[[], Any]]:
    """Let 王工 and 赵班长 look at the same page of a new application."""
    application = cast.submitted()
    url, seen = desk.act_url(application, "accept"), application.last_seq
    clients = [desk.sign_in(cast.wang()), desk.sign_in(cast.zhao())]
    return [partial(press, client, url, seen) for client in clients]


def accept(client: Client, url: str, seen: int) -> Any:
    """Press 受理; what only the database noticed is a crash."""
    try:
        return client.post(url, {"seen": seen})
    except IntegrityError:
        return None


def test_one_wins_and_the_other_reads_a_clear_sentence() -> None:
    for round_ in range(1, 6):
        answers = together(*race(accept))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        assert "请看过最新情况再办理" in desk.text(loser)
        assert Event.objects.filter(action="accept").count() == round_


def test_without_the_lock_nobody_is_told() -> None:
    """Control: the guard taken away, both go ahead and the last constraint crashes."""
    both = threading.Barrier(2, timeout=60)

    def unlocked(application: Application) -> Application:
        rows = Application.objects.select_related("region", "applicant")
        row: Application = rows.get(pk=application.pk)
        both.wait()
        return row

    presses = race(accept)
    with mock.patch.object(acting, "lock", unlocked):
        answers = together(*presses)
    assert None in answers
    assert all(answer is None or answer.status_code == 302 for answer in answers)
