"""Any number of workers tell an outage together, each message once."""

from collections import Counter
from datetime import timedelta

import pytest

from outages.models import Broadcast, Subscription
from outages.services import managing_agents, running, subscribing
from outages.services.subscribing import Place
from portal.notices.models import Message, State
from portal.notices.services import delivery, outage_news
from tests.cast import NOW
from tests.grid import grid, zhou
from tests.notices.test_many_senders_at_once import at_once
from tests.outage_news.readers import PHONE, by_phone
from tests.outages.lives import LINE_ONE, announced, fault

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

READERS = 40


def subscribers() -> None:
    net = grid()
    for number in range(READERS):
        by_phone(net.garden, f"+86138000001{number:02}")


def test_four_workers_tell_each_once():
    subscribers()
    announced(LINE_ONE)
    fault(LINE_ONE)
    outage_news.take_up(at=NOW)
    while Broadcast.objects.filter(finished_at=None).exists():
        at_once(lambda: outage_news.run(at=NOW, size=3))
    counted = Counter(Message.objects.values_list("about", "recipient_key"))
    assert set(counted.values()) == {1}
    assert len(counted) == 2 * (READERS + 1)


def test_news_of_one_outage_arrives_in_order_by_any_number_of_workers(provider):
    subscribers()
    outage = fault(LINE_ONE)
    for hour in range(1, 6):
        outage_news.run(at=NOW)
        hoped = NOW + timedelta(hours=hour)
        running.estimate(outage, estimated_at=hoped, reason="查明", by=zhou(), at=NOW)
    outage_news.run(at=NOW)
    while Message.objects.filter(state=State.QUEUED).exists():
        at_once(lambda: delivery.run(at=NOW))
    hours = ["正在判断", "10:00", "11:00", "12:00", "13:00", "14:00"]
    for phone in {to for to, _text, _id in provider.received}:
        texts = [text for to, text, _id in provider.received if to == phone]
        assert len(texts) == len(hours)
        assert all(hour in text for hour, text in zip(hours, texts, strict=True))


def test_a_phone_subscribed_twice_at_once_is_one_subscription():
    place = Place(grid().garden)
    at_once(lambda: subscribing.by_sms(place, phone=PHONE, at=NOW))
    assert Subscription.objects.count() == 1


def test_a_manager_enrolled_twice_at_once_is_one_subscription():
    area = grid().market
    at_once(lambda: managing_agents.enrol([area.pk], at=NOW))
    assert Subscription.objects.count() == 1
