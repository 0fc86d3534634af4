"""The demo network is a small Tianjin, the same each time, and keeps its promises."""

import pytest
from django.db.models import Sum

from outages.models import (
    Account,
    Line,
    NetworkImport,
    Premises,
    Substation,
    Transformer,
)
from outages.selectors.places import find_premises
from outages.services.invariants import network as promises
from outages.vocabulary import AreaClass, Importance
from portal.demo_world import network
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built():
    cast.laws()
    network.build(cast.NOW, areas=400, accounts_per_area=3)


def test_all_sixteen_districts_are_supplied():
    assert Transformer.objects.values("region").distinct().count() == 16
    assert Substation.objects.values("region").distinct().count() == 16
    assert 380 <= Transformer.objects.count() <= 420
    assert Line.objects.count() >= 16
    assert Account.objects.count() > 1000


def test_households_are_two_hundred_and_fifty_for_each_area():
    homes = Transformer.objects.aggregate(n=Sum("households"))["n"]

    assert 90_000 < homes < 110_000


def test_town_country_and_mountains_lie_where_they_do():
    classes: dict[str, set[str]] = {}
    for row in network._Draughtsman(1, 4000, 0).rows():
        if row["part"] == "line":
            classes.setdefault(row["code"][2:4], set()).add(row["area_class"])

    assert classes["HP"] == {AreaClass.URBAN}
    assert classes["WQ"] == {AreaClass.URBAN, AreaClass.RURAL}
    assert classes["JZ"] == {AreaClass.URBAN, AreaClass.RURAL, AreaClass.REMOTE}
    assert [d for d, found in classes.items() if AreaClass.REMOTE in found] == ["JZ"]


def test_every_area_lies_within_the_city():
    for longitude, latitude in Transformer.objects.values_list("longitude", "latitude"):
        assert 116.6 < longitude < 118.2
        assert 38.5 < latitude < 40.4


def test_some_compounds_stand_behind_a_property_manager():
    behind = Transformer.objects.filter(direct_supplied=False, public=True)

    assert behind.exists()
    assert not behind.filter(owner="").exists()
    place = Premises.objects.filter(transformer__in=behind)[0]
    assert place.property_manager
    assert place.property_phone.startswith("+86138")


def test_some_accounts_need_care():
    found = set(Account.objects.values_list("importance", flat=True))

    assert {Importance.MEDICAL, Importance.LIFT, Importance.ORDINARY} <= found


def test_every_address_is_found_by_its_own_words():
    for place in Premises.objects.order_by("pk")[::100]:
        assert place in find_premises(f"{place.region.name}{place.address}")


@pytest.mark.parametrize("words", ["海河花园", "友谊路12号", "友谊路 １２ 号"])
def test_the_example_that_the_pages_give_is_found(words):
    found = find_premises(words)

    assert {place.compound for place in found} == {"海河花园"}
    assert {place.region_id for place in found} == {"120103"}


def test_every_promise_is_kept():
    for promise in promises.invariants():
        assert promise.broken == [], promise.promise


def test_building_again_changes_nothing():
    network.build(cast.NOW, areas=400, accounts_per_area=3)

    assert NetworkImport.objects.count() == 1


def test_the_same_seed_draws_the_same_network():
    one = list(network._Draughtsman(7, 64, 2).rows())

    assert one == list(network._Draughtsman(7, 64, 2).rows())
    assert one != list(network._Draughtsman(8, 64, 2).rows())
