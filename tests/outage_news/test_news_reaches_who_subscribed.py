"""Each turn of an outage is told to those it touches, in their words, once."""

from datetime import timedelta

import pytest

from outages.models import Broadcast, Subscription
from outages.services import announcing, running, subscribing
from outages.services.subscribing import Place
from portal.notices.models import Channel, Message
from portal.notices.services import outage_news
from tests import cast
from tests.cast import NOW, sun
from tests.grid import zhou
from tests.outage_news.readers import OTHER, PHONE, by_phone, tell, text_to, told
from tests.outages.lives import (
    END,
    LINE_ONE,
    START,
    ZHANG_HOME,
    announced,
    approved,
    begun,
    fault,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_planned_outage_is_told_ahead(net):
    by_phone(net.garden)
    outage = announced()
    assert tell() == 1
    assert told() == ["计划停电预告"]
    assert "9月9日（周三）9:00至17:00停电（计划检修" in text_to()
    assert outage.number in text_to()


def test_what_is_not_announced_is_told_to_nobody(net):
    by_phone(net.garden)
    approved()
    assert tell() == 0
    assert told() == []


def test_only_those_it_touches_are_told(net):
    by_phone(net.garden)
    by_phone(net.square, OTHER)
    announced()
    tell()
    assert told() == ["计划停电预告"]
    assert told(OTHER) == []


def test_a_change_of_time_and_a_cancellation_are_told(net):
    by_phone(net.garden)
    outage = announced()
    tell()
    announcing.reschedule(
        outage,
        starts_at=START + timedelta(days=2),
        ends_at=END + timedelta(days=2),
        reason="天气",
        by=sun(),
        at=NOW + HOUR,
    )
    tell(NOW + HOUR)
    assert "改为9月11日（周五）9:00至17:00" in text_to()
    announcing.cancel(outage, reason="不再需要", by=sun(), at=NOW + 2 * HOUR)
    tell(NOW + 2 * HOUR)
    assert told() == ["计划停电预告", "停电时间有变", "停电取消"]


def test_a_fault_is_told_with_everything_that_follows(net):
    by_phone(net.garden)
    outage = fault(at=NOW)
    tell()
    assert "因故障停电，9月1日（周二）9:00开始，恢复时间正在判断" in text_to()
    running.estimate(
        outage, estimated_at=NOW + 2 * HOUR, reason="查明", by=zhou(), at=NOW + HOUR
    )
    tell(NOW + HOUR)
    assert "预计9月1日（周二）11:00恢复供电" in text_to()
    running.restore(outage, by=zhou(), at=NOW + 2 * HOUR)
    tell(NOW + 2 * HOUR)
    assert told() == ["故障停电", "预计来电时间有变", "已恢复供电"]


def test_a_planned_outage_that_takes_longer_is_told(net):
    by_phone(net.garden)
    outage = announced()
    tell()
    running.begin(outage, by=zhou(), at=START)
    running.extend(outage, ends_at=END + HOUR, reason="未完", by=zhou(), at=END - HOUR)
    tell(END - HOUR)
    assert told() == ["计划停电预告", "停电延长"]
    assert "预计9月9日（周三）18:00恢复供电" in text_to()


def test_power_that_is_back_is_told_where_it_is_back(net):
    by_phone(net.garden)
    by_phone(net.school, OTHER)
    outage = fault(LINE_ONE)
    tell()
    running.restore_part(outage, transformers=["T-YY1-01"], by=zhou(), at=NOW + HOUR)
    tell(NOW + HOUR)
    assert told() == ["故障停电", "已恢复供电"]
    assert told(OTHER) == ["故障停电"]
    running.estimate(
        outage, estimated_at=NOW + 3 * HOUR, reason="换段", by=zhou(), at=NOW + HOUR
    )
    running.restore(outage, by=zhou(), at=NOW + 2 * HOUR)
    tell(NOW + 2 * HOUR)
    assert told() == ["故障停电", "已恢复供电"]
    assert told(OTHER)[-1] == "已恢复供电"


def test_one_person_with_two_addresses_is_told_once(net):
    by_phone(net.garden)
    by_phone(net.school)
    announced(LINE_ONE)
    tell()
    assert told() == ["计划停电预告"]


def test_two_addresses_in_two_steps_are_still_one_message(net):
    by_phone(net.garden)
    by_phone(net.school)
    announced(LINE_ONE)
    outage_news.run(at=NOW, size=1)
    assert told() == ["计划停电预告"]
    # And the property manager of the market.
    assert Broadcast.objects.get().told == 2


def test_where_single_accounts_are_cut_their_neighbours_are_not_told(net):
    by_phone(net.garden)
    place = subscribing.at_account(net.zhang_home)
    subscribing.by_sms(place, phone=OTHER, at=NOW)
    announced(ZHANG_HOME)
    tell()
    assert told() == []
    assert told(OTHER) == ["计划停电预告"]


def test_within_the_portal_it_is_read_under_my_messages(net):
    user = cast.zhang()
    subscribing.in_app(Place(net.garden), user=user, at=NOW)
    outage = announced()
    tell()
    message = Message.objects.inbox_of(user.pk).get()
    assert message.link == f"/outages/{outage.number}/"
    assert message.channel == Channel.IN_APP


def test_who_left_is_told_nothing_more(net):
    row = by_phone(net.garden)
    announced()
    subscribing.end(row, at=NOW)
    assert tell() == 0
    assert Subscription.objects.count() == 1


def test_texts_carry_the_way_out_where_the_portal_has_an_address(net, settings):
    settings.PUBLIC_URL = "https://bandian.example"
    row = by_phone(net.garden)
    outage = announced()
    tell()
    assert f"详情 https://bandian.example/outages/{outage.number}/" in text_to()
    assert (
        f"退订 https://bandian.example/outages/subscriptions/{row.token}/" in text_to()
    )


def test_texts_name_nobody(net):
    place = subscribing.at_account(net.zhang_home)
    subscribing.by_sms(place, phone=PHONE, at=NOW)
    begun()
    tell(START)
    said = "".join(str(message.text) for message in Message.objects.all())
    for secret in (PHONE, "13800000011", net.zhang_home.number, "友谊路12号"):
        assert secret not in said
