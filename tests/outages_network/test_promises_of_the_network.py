"""Copies that disagree with what they were taken from are named."""

from datetime import date

import pytest

from outages.models import Account, AddressKey, Premises, Transformer
from outages.services import network as made
from outages.services.invariants import network
from tests.cast import HEPING
from tests.grid import grid

pytestmark = pytest.mark.django_db


def broken() -> dict[str, list[str]]:
    return {p.name: p.broken for p in network.invariants() if p.broken}


def test_a_network_built_through_the_services_keeps_every_promise():
    grid()

    assert broken() == {}


def test_an_address_in_another_district_than_its_area_is_named():
    net = grid()
    Premises.objects.filter(pk=net.garden_gate.pk).update(region=HEPING)

    assert "友谊路12号海河花园 T-YY1-01" in broken()["network-district"]


def test_a_key_in_another_district_is_named():
    grid()
    AddressKey.objects.filter(key="集贸市场").update(region=HEPING)

    assert broken()["network-district"] == ["集贸市场 T-YY1-03"]


def test_an_account_apart_from_its_address_is_named():
    net = grid()
    Account.objects.filter(pk=net.zhang_home.pk).update(transformer=net.school)

    assert broken()["network-account"] == ["1200000001 T-YY1-02"]


def test_a_retired_area_with_accounts_is_named():
    net = grid()
    Transformer.objects.filter(pk=net.garden.pk).update(retired_on=date(2026, 1, 1))

    assert broken()["network-retired"] == ["T-YY1-01 海河花园台区"]


def test_an_address_that_cannot_be_found_is_named():
    net = grid()
    Premises.objects.filter(pk=net.garden_gate.pk).update(searched="别处")
    AddressKey.objects.filter(premises=net.market_hall, key="集贸市场").delete()

    assert broken()["network-searched"] == ["友谊路12号海河花园", "友谊路30号集贸市场"]


def test_of_many_addresses_that_cannot_be_found_the_first_twenty_are_named():
    net = grid()
    for number in range(21):
        made.add_premises(transformer=net.school, address=f"围堤道{number + 1}号")
    Premises.objects.update(searched="别处")

    assert len(broken()["network-searched"]) == network.MOST == 20
