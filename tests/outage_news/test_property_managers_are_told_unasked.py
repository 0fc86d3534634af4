"""Compounds the grid does not supply directly: their managers pass the news on."""

from datetime import timedelta

import pytest

from outages.models import Subscription
from outages.services import managing_agents, network, subscribing
from portal.notices.services import forgetting, outage_news
from tests.cast import NOW
from tests.outage_news.readers import OTHER, by_phone, tell, text_to, told
from tests.outages.lives import GARDEN, LINE_ONE, MARKET, announced, fault

pytestmark = pytest.mark.django_db

MANAGER = "+8613900000030"


def test_a_manager_is_told_and_asked_to_pass_it_on(net):
    announced(MARKET)
    tell()
    assert told(MANAGER) == ["计划停电预告"]
    assert "您管理的小区（友谊集贸市场）将于" in text_to(MANAGER)
    assert text_to(MANAGER).endswith("请及时转告住户。")


def test_residents_may_subscribe_themselves_and_read_their_own_words(net):
    by_phone(net.market, OTHER)
    fault(MARKET)
    tell()
    assert told(MANAGER) == told(OTHER) == ["故障停电"]
    assert "您订阅的地址（集贸市场台区）因故障停电" in text_to(OTHER)
    assert "转告" not in text_to(OTHER)


def test_where_the_grid_supplies_directly_nobody_is_told_unasked(net):
    network.add_premises(
        transformer=net.garden,
        address="友谊路14号",
        property_manager="海河物业",
        property_phone="+8613900000031",
    )
    announced(GARDEN)
    assert tell() == 0


def test_a_manager_of_two_compounds_is_told_once(net):
    net.school.direct_supplied = False
    net.school.save()
    network.add_premises(
        transformer=net.school,
        address="友谊路20号",
        property_manager="天津友谊物业有限公司",
        property_phone=MANAGER,
    )
    announced(LINE_ONE)
    outage_news.run(at=NOW, size=1)
    assert told(MANAGER) == ["计划停电预告"]
    assert Subscription.objects.filter(for_residents=True).count() == 2


def test_a_manager_who_left_stays_away(net):
    managing_agents.enrol([net.market.pk], at=NOW)
    subscribing.end(Subscription.objects.get(), at=NOW)
    assert managing_agents.enrol([net.market.pk], at=NOW) == 0
    announced(MARKET)
    assert tell() == 0


def test_a_new_number_takes_the_place_of_the_old(net):
    managing_agents.enrol([net.market.pk], at=NOW)
    net.market_hall.property_phone = "+8613900000032"
    net.market_hall.save()
    assert managing_agents.enrol([net.market.pk], at=NOW) == 1
    running = Subscription.objects.filter(ended_at=None)
    assert [row.address for row in running] == ["+8613900000032"]


def named(net, phone):
    net.market_hall.property_phone = phone
    net.market_hall.save()
    return managing_agents.enrol([net.market.pk], at=NOW)


def test_a_manager_whom_the_data_names_again_is_told_again(net):
    named(net, MANAGER)
    named(net, "")
    assert named(net, MANAGER) == 1
    announced(MARKET)
    tell()
    assert told(MANAGER) == ["计划停电预告"]


def test_a_manager_who_left_stays_away_though_the_data_named_another_meanwhile(net):
    named(net, MANAGER)
    subscribing.end(Subscription.objects.get(), at=NOW)
    named(net, "+8613900000032")
    assert named(net, MANAGER) == 0


def test_a_manager_whom_the_data_names_no_longer_is_forgotten(net):
    named(net, MANAGER)
    named(net, "")
    forgetting.forget(at=NOW + timedelta(days=31))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("phone", ["", "022-28281234", "不详"])
def test_without_a_mobile_number_there_is_nobody_to_text(net, phone):
    net.market_hall.property_phone = phone
    net.market_hall.save()
    assert managing_agents.enrol([net.market.pk], at=NOW) == 0


def test_enrolling_twice_changes_nothing(net):
    assert managing_agents.enrol([net.market.pk, net.garden.pk], at=NOW) == 1
    assert managing_agents.enrol([net.market.pk, net.garden.pk], at=NOW) == 0


def test_a_manager_who_subscribed_himself_is_asked_to_pass_it_on(net):
    by_phone(net.garden, MANAGER)
    announced(LINE_ONE)
    tell()
    assert told(MANAGER) == ["计划停电预告"]
    assert text_to(MANAGER).endswith("请及时转告住户。")
