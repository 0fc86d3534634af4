"""However somebody writes an address, the place that is meant comes first."""

from datetime import date
from typing import Any

import pytest

from outages.models import Transformer
from outages.selectors.places import find_premises
from outages.services import network
from tests.cast import HEPING, HEXI
from tests.grid import grid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def net():
    net = grid()
    network.add_premises(
        transformer=net.garden, address="友谊路12号海河花园3号楼", compound="海河花园"
    )
    network.add_premises(transformer=net.square, address="和平区友谊路大厦")
    network.add_premises(
        transformer=net.square, address="南京路88号", compound="新华名邸"
    )
    return net


def found(text: str, **narrowed: Any) -> list[str]:
    return [p.address for p in find_premises(text, **narrowed)]


WAYS = [
    "友谊路12号海河花园3号楼",
    "天津市河西区友谊路12号海河花园3号楼",
    "天津河西区友谊路12号海河花园3号楼",
    "河西区友谊路１２号 海河花园３栋",
    "友谊路十二号海河花园3幢",
    "友谊路12号，海河花园3#楼",
    "海河花园3号楼",
    "海河花园3#",
    "河花园三号楼",
    "海河花园3号楼2门401",
    "友谊路12号海河花园3栋2单元401室",
    "天津河西海河花园3号楼",
]


def test_every_way_of_writing_finds_the_house_first():
    for written in WAYS:
        assert found(written)[0] == "友谊路12号海河花园3号楼", written


def test_what_begins_so_comes_before_what_contains_it():
    assert found("友谊") == [
        "和平区友谊路大厦",
        "友谊路12号海河花园",
        "友谊路30号集贸市场",
        "友谊路12号海河花园3号楼",
    ]


def test_a_compound_is_found_though_its_address_does_not_name_it():
    assert found("新华名邸") == ["南京路88号"]
    assert found("名邸") == ["南京路88号"]


def test_a_house_that_is_not_known_leads_to_its_street_number():
    assert found("友谊路30号北楼")[0] == "友谊路30号集贸市场"


def test_a_district_narrows_the_search():
    assert found("友谊路", region=HEPING) == ["和平区友谊路大厦"]
    assert found("和平区友谊路") == ["和平区友谊路大厦"]
    assert "和平区友谊路大厦" not in found("友谊路", region=HEXI)


def test_a_mistaken_district_is_forgiven():
    assert found("河西区南京路88号") == ["南京路88号"]


def test_at_most_so_many_are_returned():
    assert len(found("友谊", most=2)) == 2


def test_what_says_nothing_finds_nothing():
    for vague in ("", " ", "路", "没有这个地方", "%", "_" * 500):
        assert found(vague) == [], vague


def test_a_retired_area_supplies_no_address(net):
    Transformer.objects.filter(pk=net.square.pk).update(retired_on=date(2026, 1, 1))

    assert found("南京路88号") == []
    assert found("新华名邸") == []


def test_the_cost_does_not_grow_with_what_is_found(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found("友谊路")
