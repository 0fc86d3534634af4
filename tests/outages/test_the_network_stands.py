"""The network is built part by part, and refuses parts that cannot be."""

import pytest
from django.core.exceptions import ValidationError

from outages.services import network
from tests.grid import grid

pytestmark = pytest.mark.django_db


def test_a_line_feeds_its_transformers_and_their_addresses():
    net = grid()

    fed = net.youyi_one.transformers.order_by("code")

    assert [str(area) for area in fed] == [
        "海河花园台区",
        "友谊小学台区",
        "集贸市场台区",
    ]
    assert net.zhang_home.transformer == net.garden


def test_a_code_is_given_once():
    net = grid()

    with pytest.raises(ValidationError, match="已存在"):
        network.add_line(code="L-YY1", name="另一条线", substation=net.youyi)


def test_an_account_number_has_ten_or_thirteen_digits():
    net = grid()

    with pytest.raises(ValidationError, match="10位或13位"):
        network.add_account(number="12345", premises=net.garden_gate)
