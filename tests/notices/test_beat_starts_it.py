"""What beat starts exists, reads the clock once, and may run twice."""

import pytest
import time_machine

from applications.models import Event
from portal.accounts import tasks as account_tasks
from portal.accounts.models import SignInCode
from portal.accounts.services import codes
from portal.celery import app
from portal.notices import tasks
from portal.notices.models import Message
from tests import cast

pytestmark = pytest.mark.django_db


def test_every_entry_of_the_timetable_names_a_task_that_exists():
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks


def test_a_run_tells_and_sends():
    cast.laws()
    cast.submitted()
    with time_machine.travel(cast.NOW, tick=False):
        tasks.deliver()
        tasks.deliver()
    assert not Event.objects.filter(told_at__isnull=True).exists()
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_run_with_nothing_to_do_is_quiet():
    tasks.deliver()
    assert not Message.objects.exists()


def test_the_digest_is_written_in_the_morning():
    cast.laws()
    cast.wang()
    cast.submitted()
    with time_machine.travel(cast.at("2026-09-02", "08:30"), tick=False):
        tasks.write_digests()
        tasks.write_digests()
    assert Message.objects.filter(about__startswith="digest:").count() == 1


def test_sign_in_codes_are_forgotten_after_two_days():
    codes.request_code(phone="+8613800000001", ip="192.0.2.1", at=cast.NOW)
    with time_machine.travel(cast.at("2026-09-03", "08:59"), tick=False):
        account_tasks.forget_codes()
        assert SignInCode.objects.exists()
    with time_machine.travel(cast.at("2026-09-03", "09:01"), tick=False):
        account_tasks.forget_codes()
        assert not SignInCode.objects.exists()
