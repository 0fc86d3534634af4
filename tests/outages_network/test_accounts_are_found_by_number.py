"""A 户号 is found however its digits were typed; anything else finds nothing."""

import pytest

from outages.selectors.places import find_account
from outages.services import network
from tests.grid import grid

pytestmark = pytest.mark.django_db


WAYS = [
    "1200000001",
    " 1200 0000 01 ",
    "1200-000-001",
    "１２００００００\u3000０１",
    "1201200000001",
]


def test_blanks_dashes_width_and_the_province_are_forgiven():
    net = grid()

    for typed in WAYS:
        assert find_account(typed) == net.zhang_home, typed


def test_the_number_as_written_wins_over_the_number_with_its_province():
    net = grid()
    longer = network.add_account(number="1201200000001", premises=net.garden_gate)

    assert find_account("1201200000001") == longer
    assert find_account("1200000001") == net.zhang_home


def test_what_is_no_number_of_ours_finds_nothing():
    grid()

    for typed in ("", "12345", "1200000009", "户号1200000001", "12000000011", "①②③"):
        assert find_account(typed) is None, typed


def test_where_it_hangs_comes_along_in_one_query(django_assert_num_queries):
    net = grid()

    with django_assert_num_queries(1):
        account = find_account("1200000001")
        assert account is not None
        assert account.premises == net.garden_gate
        assert account.transformer.line.name == "友谊一线"
