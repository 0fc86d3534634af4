"""When power is switched on, the new 户号 joins the 台区 that surely supplies it."""

from datetime import date

import pytest

from applications.lifecycle import Status
from applications.models import Connection
from outages.models import Account, Transformer
from outages.selectors.places import premises_at
from outages.services import network
from outages.vocabulary import Importance
from tests import cast
from tests.cast import HEPING, HEXI
from tests.grid import grid

pytestmark = pytest.mark.django_db


def energised() -> str:
    """Walk a home at 友谊路12号3门401 to its power; return its 户号."""
    # The cast counts its numbers from where the grid does.
    Account.objects.all().delete()
    return Connection.objects.get(
        application=cast.walk(Status.ENERGISED)
    ).account_number


def test_a_home_in_a_known_house_is_registered_there():
    net = grid()
    house = network.add_premises(transformer=net.school, address="友谊路12号3门")

    account = Account.objects.get(number=energised())

    assert (account.premises, account.transformer) == (house, net.school)
    assert account.importance == Importance.ORDINARY


def test_where_the_address_is_not_known_nothing_is_registered():
    grid()

    assert not Account.objects.filter(number=energised()).exists()


def test_a_number_that_is_known_stays_where_it_is():
    net = grid()

    kept = network.register_account(
        number="1200000001", address="友谊路30号集贸市场", region=HEXI
    )

    assert kept == net.zhang_home
    assert kept.transformer == net.garden


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("友谊路12号海河花园", True),
        ("天津市河西区友谊路12号海河花园401室", True),
        ("友谊路12号", False),
        ("友谊路1号海河花园", False),
        ("海河花园", False),
        ("", False),
    ],
)
def test_an_address_is_certain_or_it_is_none(address, found):
    net = grid()

    place = premises_at(address, region=HEXI)

    assert place == (net.garden_gate if found else None)


def test_a_longer_number_is_another_number():
    net = grid()
    network.add_premises(transformer=net.school, address="柳林路1")

    assert premises_at("柳林路12号", region=HEXI) is None
    assert premises_at("柳林路1", region=HEXI) is not None


def test_the_nearest_house_wins():
    net = grid()
    network.add_premises(transformer=net.garden, address="柳林路5号")
    house = network.add_premises(transformer=net.school, address="柳林路5号2号楼")

    assert premises_at("柳林路5号2号楼401", region=HEXI) == house


def test_a_house_of_two_areas_is_not_certain():
    net = grid()
    network.add_premises(transformer=net.garden, address="柳林路5号")
    network.add_premises(transformer=net.school, address="柳林路5号")

    assert premises_at("柳林路5号", region=HEXI) is None


def test_another_district_and_a_retired_area_supply_nobody():
    net = grid()

    assert premises_at("友谊路12号海河花园", region=HEPING) is None
    Transformer.objects.filter(pk=net.garden.pk).update(retired_on=date(2026, 1, 1))
    assert premises_at("友谊路12号海河花园", region=HEXI) is None
