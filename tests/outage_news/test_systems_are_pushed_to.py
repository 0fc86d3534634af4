"""An organisation's system gets signed JSON, knows its age, and ends by 410."""

import json

import pytest

from outages.models import Subscription
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.notices.gateways import signature
from portal.notices.models import Message, State
from portal.notices.services import delivery
from tests import cast
from tests.cast import NOW
from tests.outage_news.readers import tell
from tests.outages.lives import GARDEN, LINE_ONE, announced, fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(net, receiver) -> str:
    _row, found = subscribing.by_webhook(
        Place(net.garden), url=f"{receiver.url}/in?a=1", user=cast.chen(), at=NOW
    )
    return found


def test_it_is_told_what_stands_in_the_announcement(secret, receiver):
    outage = announced(GARDEN)
    tell()
    assert delivery.run(at=NOW).sent == 1
    [(path, _headers, body)] = receiver.received
    said = json.loads(body)
    assert path == "/in?a=1"
    assert said["number"] == outage.number
    assert said["action"] == "announce"
    assert said["status"] == "announced"
    assert said["starts_at"].startswith("2026-09-09T")
    assert said["restored_at"] is None


def test_its_own_secret_signs_it(secret, receiver):
    fault(GARDEN)
    tell()
    delivery.run(at=NOW)
    [(_path, headers, body)] = receiver.received
    given = (body, headers["X-Id"], headers["X-Timestamp"])
    assert headers["X-Signature"] == signature(*given, secret)
    assert headers["X-Signature"] != signature(*given, "another")
    assert headers["X-Timestamp"] == str(int(NOW.timestamp()))


def test_two_areas_of_one_system_are_one_push(net, secret, receiver):
    subscribing.by_webhook(
        Place(net.school), url=f"{receiver.url}/in?a=1", user=cast.chen(), at=NOW
    )
    fault(LINE_ONE)
    tell()
    delivery.run(at=NOW)
    assert len(receiver.received) == 1


def test_a_system_that_is_gone_for_good_is_left_alone(secret, receiver):
    receiver.status = 410
    fault(GARDEN)
    tell()
    assert delivery.run(at=NOW).failed == 1
    assert Subscription.objects.get(way="webhook").ended_at == NOW


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_system_that_is_out_of_order_is_tried_again(secret, receiver, status):
    receiver.status = status
    fault(GARDEN)
    tell()
    assert delivery.run(at=NOW).put_off == 1
    assert Message.objects.get().state == State.QUEUED
    assert Subscription.objects.get(way="webhook").ended_at is None


def test_an_answer_that_never_came_is_asked_for_again_under_one_id(secret, receiver):
    receiver.status = 504
    fault(GARDEN)
    tell()
    delivery.run(at=NOW)
    receiver.status = 200
    delivery.run(at=NOW + delivery.BACKOFF[0])
    first, second = (headers["X-Id"] for _path, headers, _body in receiver.received)
    assert first == second
