"""Who ended a subscription is forgotten after thirty days, phone and all."""

from datetime import timedelta

import pytest
import time_machine

from outages.models import Subscription
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.celery import app
from portal.notices import tasks
from portal.notices.models import Message
from portal.notices.services import forgetting
from tests import cast
from tests.cast import NOW
from tests.outage_news.readers import OTHER, PHONE, by_phone, tell, told
from tests.outages.lives import MARKET, announced

pytestmark = pytest.mark.django_db
LATER = NOW + forgetting.KEPT
SECOND = timedelta(seconds=1)


def addresses() -> list[str]:
    """Return where the messages so far went, as they are kept."""
    return sorted(message.address for message in Message.objects.all())


def test_a_subscription_that_ended_thirty_days_ago_is_deleted_with_its_phone(net):
    row = by_phone(net.garden)
    announced()
    tell()
    subscribing.end(row, at=NOW)

    assert forgetting.forget(at=LATER) == 0
    assert forgetting.forget(at=LATER + SECOND) == 1

    assert not Subscription.objects.exists()
    assert addresses() == [""]
    assert Message.objects.get().address_shown == "138****0011"


def test_whoever_still_subscribes_is_not_forgotten(net):
    by_phone(net.garden)
    by_phone(net.garden, OTHER)
    announced()
    tell()

    assert forgetting.forget(at=LATER + timedelta(days=400)) == 0
    assert addresses() == [PHONE, OTHER]


def test_a_phone_that_hears_of_another_place_is_still_known(net):
    row = by_phone(net.garden)
    by_phone(net.school)
    announced()
    tell()
    subscribing.end(row, at=NOW)

    assert forgetting.forget(at=LATER + SECOND) == 1
    assert addresses() == [PHONE]


def test_a_system_is_forgotten_like_a_phone(net):
    url = "https://wuye.example.com/in"
    row, _secret = subscribing.by_webhook(
        Place(net.garden), url=url, user=cast.chen(), at=NOW
    )
    announced()
    tell()
    subscribing.end(row, at=NOW)

    assert forgetting.forget(at=LATER + SECOND) == 1
    assert addresses() == [""]


def test_a_property_manager_who_left_is_remembered_without_his_phone(net):
    announced(MARKET)
    tell()
    row = Subscription.objects.get(for_residents=True)
    subscribing.end(row, at=NOW)

    forgetting.forget(at=LATER + SECOND)
    row.refresh_from_db()
    assert row.address == ""

    announced(MARKET, starts_at=NOW + timedelta(days=20), ends_at=NOW + timedelta(21))
    tell()
    assert told("+8613900000030") == ["计划停电预告"]


def test_a_thousand_are_forgotten_in_batches(net, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for number in range(5):
        row = by_phone(net.garden, f"+861380000002{number}")
        subscribing.end(row, at=NOW)

    assert forgetting.forget(at=LATER + SECOND) == 5
    assert not Subscription.objects.exists()


def test_beat_starts_it_every_night(net):
    row = by_phone(net.garden)
    subscribing.end(row, at=NOW)

    with time_machine.travel(LATER + SECOND, tick=False):
        tasks.forget_subscriptions()

    assert not Subscription.objects.exists()
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "notices.forget_subscriptions" in planned
