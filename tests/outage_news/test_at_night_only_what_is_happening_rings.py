"""Between 21:00 and 8:00 a running outage rings; what lies ahead waits for the day."""

from datetime import timedelta

import pytest

from outages.services import announcing, subscribing
from outages.services.subscribing import Place
from portal.notices.models import Channel, Message
from portal.notices.services import delivery
from tests import cast
from tests.cast import at, sun
from tests.outage_news.readers import by_phone, tell
from tests.outages.lives import announced, fault

pytestmark = pytest.mark.django_db

NIGHT, MORNING = at("2026-09-01", "23:30"), at("2026-09-02", "08:00")


def test_a_fault_rings_at_night(net, provider):
    by_phone(net.garden)
    fault(moment=NIGHT)
    tell(NIGHT)
    delivery.run(at=NIGHT)
    assert len(provider.received) == 1


def test_an_announcement_waits_for_the_morning(net, provider):
    by_phone(net.garden)
    announced(at=NIGHT)
    tell(NIGHT)
    delivery.run(at=MORNING - timedelta(minutes=1))
    assert provider.received == []
    delivery.run(at=MORNING)
    assert len(provider.received) == 1


def test_what_begins_before_the_morning_does_not_wait(net, provider):
    by_phone(net.garden)
    outage = announced(
        kind="temporary",
        late_reason="突发缺陷",
        starts_at=NIGHT + timedelta(hours=6),
        ends_at=NIGHT + timedelta(hours=9),
        at=NIGHT,
    )
    tell(NIGHT)
    announcing.cancel(outage, reason="已处理", by=sun(), at=NIGHT)
    tell(NIGHT)
    delivery.run(at=NIGHT)
    assert len(provider.received) == 2


def test_within_the_portal_nothing_rings_and_nothing_waits(net):
    subscribing.in_app(Place(net.garden), user=cast.zhang(), at=NIGHT)
    announced(at=NIGHT)
    tell(NIGHT)
    assert Message.objects.get().channel == Channel.IN_APP
    assert Message.objects.get().sent_at == NIGHT
