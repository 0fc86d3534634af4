"""After a stop nobody hears of an outage as if it were new when it is over."""

from datetime import timedelta

import pytest

from outages.models import Broadcast, OutageEvent
from outages.services import announcing, running
from portal.notices.models import Message
from portal.notices.services import delivery, outage_news, telling
from tests.cast import NOW, at, sun
from tests.grid import zhou
from tests.outage_news.readers import by_phone, tell, told
from tests.outages.lives import END, GARDEN, START, announced, fault, restored

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _subscriber(net):
    by_phone(net.garden)


def test_an_outage_that_is_over_is_not_announced(net):
    restored()
    assert tell(END + HOUR) == 0
    assert not OutageEvent.objects.filter(told_at=None).exists()


def test_a_fault_repaired_while_nobody_told_is_not_told(net):
    outage = fault(GARDEN)
    running.restore(outage, by=zhou(), at=NOW + HOUR)
    tell(NOW + HOUR)
    assert told() == []


def test_a_cancellation_of_what_nobody_heard_of_is_not_told(net):
    outage = announced()
    announcing.cancel(outage, reason="不做了", by=sun(), at=NOW)
    tell()
    assert told() == []


def test_an_end_is_told_to_those_who_heard_of_the_beginning(net):
    outage = fault(GARDEN)
    tell()
    running.estimate(outage, estimated_at=NOW + HOUR, reason="查明", by=zhou(), at=NOW)
    running.restore(outage, by=zhou(), at=NOW + HOUR)
    tell(NOW + 5 * HOUR)
    assert told() == ["故障停电", "已恢复供电"]


def test_power_that_came_back_yesterday_is_no_news(net):
    outage = fault(GARDEN)
    tell()
    running.restore(outage, by=zhou(), at=NOW + HOUR)
    tell(NOW + 26 * HOUR)
    assert told() == ["故障停电"]


def test_an_announcement_outlived_by_its_outage_is_not_told(net):
    announced()
    tell(END + HOUR)
    assert told() == []


def test_what_waited_too_long_to_be_sent_is_dropped(net, provider):
    announced()
    tell()
    delivery.run(at=END + HOUR)
    assert provider.received == []
    assert Message.objects.get().last_error == "out of date before it could be sent"


def test_half_told_news_that_became_wrong_goes_no_further(net):
    by_phone(net.garden, "+8613800000012")
    outage = announced()
    outage_news.take_up(at=NOW)
    outage_news.tell(at=NOW, size=1)
    announcing.cancel(outage, reason="不做了", by=sun(), at=NOW)
    tell()
    assert told() == ["计划停电预告", "停电取消"]
    assert told("+8613800000012") == ["停电取消"]


def test_after_a_restore_everything_so_far_passes_untold(net):
    announced()
    outage_news.take_up(at=NOW)
    fault(GARDEN, moment=START)
    telling.hush(at=START)
    assert tell(START) == 0
    assert not Broadcast.objects.filter(finished_at=None).exists()


def test_records_of_another_system_are_told_to_nobody(net):
    outage = fault(GARDEN)
    outage.imported = True
    outage.save()
    tell()
    assert told() == []


def test_debts_are_nobody_elses_business(net):
    outage = fault(GARDEN)
    outage.kind = "arrears"
    outage.save()
    tell(at("2026-09-01"))
    assert told() == []
