"""A message is kept a year, a text with a code two days; sent or not is no matter."""

from datetime import timedelta

import pytest
import time_machine

from portal.accounts.services import codes
from portal.celery import app
from portal.notices import tasks
from portal.notices.models import Message, State
from portal.notices.services import forgetting, telling
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def told_of_a_case() -> int:
    """Let 张大爷 file something, tell and send; return how many messages that made."""
    cast.laws()
    cast.submitted()
    with time_machine.travel(NOW, tick=False):
        tasks.deliver()
    return Message.objects.count()


def test_a_year_later_a_message_is_gone_and_not_written_again():
    told = told_of_a_case()
    year = NOW + forgetting.MESSAGES_KEPT
    assert forgetting.forget_messages(at=year) == 0
    assert forgetting.forget_messages(at=year + SECOND) == told > 1
    assert telling.run(at=year + SECOND) == 0
    assert not Message.objects.exists()


def test_a_text_with_a_code_is_deleted_with_its_code():
    told = told_of_a_case()
    codes.request_code(phone="+8613800000001", ip="192.0.2.1", at=NOW)
    assert forgetting.forget_messages(at=NOW + timedelta(days=2)) == 0
    assert forgetting.forget_messages(at=NOW + timedelta(days=2) + SECOND) == 1
    assert Message.objects.count() == told


def test_what_is_still_to_be_sent_stays():
    told_of_a_case()
    Message.objects.update(state=State.QUEUED, sent_at=None)
    assert forgetting.forget_messages(at=NOW + timedelta(days=400)) == 0


def test_thousands_go_in_batches(monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 1)
    told = told_of_a_case()
    assert forgetting.forget_messages(at=NOW + timedelta(days=400)) == told > 1


def test_beat_starts_it_every_night():
    told_of_a_case()
    with time_machine.travel(NOW + timedelta(days=366), tick=False):
        tasks.forget_messages()
        tasks.forget_messages()
    assert not Message.objects.exists()
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "notices.forget_messages" in planned
