"""用户内部故障: dismissed with a reason, and with what the person can do."""

import pytest
from django.core.exceptions import ValidationError

from outages.services import repairing
from sla.ground.errors import Refused
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, ordered


def test_the_person_is_told_what_to_do(net: Grid) -> None:
    order = ordered(net)
    repairing.dismiss(order, reason="表后空开跳闸", by=cast.wang(), at=cast.NOW)
    assert (order.status, order.outcome) == ("dismissed", "表后空开跳闸")
    assert order.closed_at == cast.NOW
    assert "漏电保护器" in repairing.advice(order)


def test_livelihood_gets_help_all_the_same(net: Grid) -> None:
    order = ordered(net, importance="medical")
    repairing.dismiss(order, reason="表后空开跳闸", by=cast.wang(), at=cast.NOW)
    assert "我们上门协助" in repairing.advice(order)


def test_a_reason_is_owed(net: Grid) -> None:
    with pytest.raises(ValidationError, match="查到的情况"):
        repairing.dismiss(ordered(net), reason=" ", by=cast.wang(), at=cast.NOW)


def test_danger_is_looked_at_on_site_first(net: Grid) -> None:
    order = ordered(net, trouble="danger")
    with pytest.raises(Refused, match="须到现场"):
        repairing.dismiss(order, reason="误报", by=cast.wang(), at=cast.NOW)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    with pytest.raises(Refused, match="须到现场"):
        repairing.dismiss(order, reason="误报", by=cast.wang(), at=cast.NOW)
    repairing.arrive(order, by=cast.wang(), at=cast.NOW)
    repairing.dismiss(order, reason="是通信线缆", by=cast.wang(), at=cast.NOW)
    assert order.status == "dismissed"
