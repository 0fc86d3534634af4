"""What beat starts tells an outage to everybody, on a queue of its own."""

import pytest
import time_machine
from django.conf import settings

from outages.services import subscribing
from outages.services.subscribing import Place
from portal.celery import app
from portal.notices import tasks
from portal.notices.models import Message, State
from tests import cast
from tests.cast import NOW
from tests.outage_news.readers import by_phone, told
from tests.outages.lives import announced

pytestmark = pytest.mark.django_db
BULK = {"notices.broadcast", "notices.deliver_many", "notices.deliver_outside"}


def test_it_is_told_and_sent_and_the_next_run_is_quiet(net, provider):
    by_phone(net.garden)
    announced()
    with time_machine.travel(NOW, tick=False):
        for _run in range(2):
            tasks.broadcast()
            tasks.deliver()
            tasks.deliver_many()
            tasks.deliver_outside()
    assert told() == ["计划停电预告"]
    assert len(provider.received) == 1
    assert Message.objects.get().state == State.SENT


def test_systems_are_pushed_to_by_a_task_of_their_own(net, receiver):
    subscribing.by_webhook(
        Place(net.garden), url=receiver.url, user=cast.chen(), at=NOW
    )
    announced()
    with time_machine.travel(NOW, tick=False):
        tasks.broadcast()
        tasks.deliver_many()
        assert receiver.received == []
        tasks.deliver_outside()
    assert len(receiver.received) == 1


def test_many_wait_in_a_queue_of_their_own():
    routes = settings.CELERY_TASK_ROUTES
    assert {name for name, route in routes.items() if route["queue"] == "bulk"} == BULK
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled >= BULK


def test_a_run_that_came_too_late_is_dropped():
    for entry in app.conf.beat_schedule.values():
        if entry["task"] in BULK:
            assert entry["options"]["expires"] == entry["schedule"]
