"""One address is subscribed to one area once, and to no more areas than it needs."""

import pytest
from django.core.exceptions import ValidationError

from outages.models import Subscription, Way
from outages.services import network, subscribing
from outages.services.subscribing import Place
from sla.ground.errors import Refused
from tests import cast
from tests.outage_news.readers import OTHER, PHONE, by_phone

pytestmark = pytest.mark.django_db


def test_subscribing_again_changes_nothing(net):
    first, second = by_phone(net.garden), by_phone(net.garden)
    assert first == second
    assert Subscription.objects.count() == 1


def test_another_phone_or_area_is_another_subscription(net):
    rows = {by_phone(net.garden), by_phone(net.school), by_phone(net.garden, OTHER)}
    assert len(rows) == 3
    assert len({row.token for row in rows}) == 3


def test_who_left_may_come_back(net):
    left = by_phone(net.garden)
    assert subscribing.end(left, at=cast.NOW)
    assert not subscribing.end(left, at=cast.NOW)
    assert by_phone(net.garden).pk != left.pk


def test_what_was_subscribed_by_code_belongs_to_the_account_later(net):
    row = by_phone(net.garden)
    place = subscribing.at_account(net.zhang_home)
    again = subscribing.by_sms(place, phone=PHONE, user=cast.zhang(), at=cast.NOW)
    assert again == row
    assert again.user == cast.zhang()


def test_one_address_hears_of_twenty_areas_at_most(net):
    for number in range(20):
        area = network.add_transformer(
            code=f"T-X-{number}", name=f"台区{number}", line=net.youyi_one, households=1
        )
        by_phone(area)
    with pytest.raises(Refused, match="最多订阅 20 个"):
        by_phone(net.garden)


def test_the_phone_is_encrypted_and_found_by_index_alone(net):
    row = by_phone(net.garden)
    assert PHONE not in str(Subscription.objects.filter(pk=row.pk).query)
    assert row.address == PHONE
    assert row.address_index == subscribing.index_of(PHONE)
    with pytest.raises(Exception, match="not"):
        list(Subscription.objects.filter(address=PHONE))


def test_a_system_gets_one_secret_for_all_its_places(net):
    url, user = "https://wuye.example.com/outages", cast.chen()
    first, _old = subscribing.by_webhook(
        Place(net.garden), url=url, user=user, at=cast.NOW
    )
    second, secret = subscribing.by_webhook(
        Place(net.market), url=f" {url} ", user=user, at=cast.NOW
    )
    first.refresh_from_db()
    assert first != second
    assert first.address == second.address
    assert secret in first.address


@pytest.mark.parametrize("url", ["http://a.example.com", "https://127.0.0.1/", "x"])
def test_a_system_in_a_private_network_is_refused(net, url):
    with pytest.raises(ValidationError):
        subscribing.by_webhook(
            Place(net.garden), url=url, user=cast.chen(), at=cast.NOW
        )
    assert not Subscription.objects.filter(way=Way.WEBHOOK).exists()
