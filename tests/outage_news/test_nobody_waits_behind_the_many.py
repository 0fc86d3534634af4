"""One person's news goes first, a running outage before a plan, dead systems last."""

import pytest

from applications.lifecycle import Status
from outages.models import Broadcast, Lane
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.notices import outside
from portal.notices.gateways import NotTaken
from portal.notices.models import Lane as Waiting
from portal.notices.models import Message, State
from portal.notices.services import delivery, outage_news, telling
from tests import cast
from tests.cast import NOW
from tests.outage_news.readers import by_phone, tell
from tests.outages.lives import GARDEN, SQUARE, announced, fault

pytestmark = pytest.mark.django_db


def crowd(net, count=6) -> None:
    for number in range(count):
        by_phone(net.garden, f"+86138000001{number:02}")


def test_a_case_is_told_before_an_outage_that_came_first(net, provider):
    crowd(net)
    announced(GARDEN)
    tell()
    cast.walk(Status.ACCEPTED)
    telling.run(at=NOW)
    delivery.run(at=NOW, most=1)
    assert "用电申请" in provider.received[0][1]


def test_one_persons_task_does_not_touch_what_goes_to_many(net, provider):
    crowd(net)
    announced(GARDEN)
    tell()
    delivery.run(at=NOW, lanes=(Waiting.PERSONAL,))
    assert provider.received == []
    delivery.run(at=NOW, lanes=(Waiting.URGENT, Waiting.AHEAD))
    assert len(provider.received) == 6


def test_a_running_outage_overtakes_a_plan_half_told(net, provider):
    crowd(net)
    by_phone(net.square, "+8613800000199")
    announced(GARDEN)
    outage_news.take_up(at=NOW)
    outage_news.tell(at=NOW, size=2)
    fault(SQUARE)
    outage_news.take_up(at=NOW)
    outage_news.tell(at=NOW, size=2)
    assert Broadcast.objects.get(lane=Lane.URGENT).finished_at is not None
    assert Broadcast.objects.get(lane=Lane.AHEAD).finished_at is None
    delivery.run(at=NOW, most=1)
    assert provider.received[0][0] == "+8613800000199"


def test_the_news_of_one_outage_keeps_its_order(net):
    crowd(net)
    outage = announced(GARDEN)
    outage_news.take_up(at=NOW)
    Broadcast.objects.create(
        about="later", outage=outage, lane=Lane.URGENT, started_at=NOW
    )
    outage_news.tell(at=NOW, size=1)
    assert Message.objects.get().about != "later"


def test_dead_systems_keep_no_text_waiting(net, provider, monkeypatch):
    for number in range(5):
        url = f"https://dead{number}.example.com/"
        subscribing.by_webhook(Place(net.garden), url=url, user=cast.chen(), at=NOW)
    crowd(net)
    fault(GARDEN)
    tell()
    asked = []

    def dead(kept, *_rest):
        asked.append(kept)
        raise NotTaken("no connection")

    monkeypatch.setattr(outside, "post_to_system", dead)
    result = delivery.run(at=NOW)
    # One stranger's silence is no reason to leave out the next.
    assert (result.sent, result.put_off) == (6, 5)
    assert len(asked) == 5


def test_a_provider_that_is_down_is_still_left_alone(net, provider):
    crowd(net)
    fault(GARDEN)
    tell()
    provider.refuses = True
    assert delivery.run(at=NOW).put_off == 3


def test_who_leaves_is_sent_nothing_that_still_waits(net):
    row = by_phone(net.garden)
    by_phone(net.garden, "+8613800000199")
    fault(GARDEN)
    tell()
    subscribing.end(row, at=NOW)
    assert outage_news.drop_waiting(row) == 1
    assert Message.objects.filter(state=State.QUEUED).count() == 1


def test_who_keeps_another_address_is_still_told(net):
    row = by_phone(net.garden)
    by_phone(net.school)
    fault(GARDEN)
    tell()
    subscribing.end(row, at=NOW)
    assert outage_news.drop_waiting(row) == 0
