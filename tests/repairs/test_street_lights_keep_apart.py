"""A dark street lamp is no outage: its own order, and no clock of the supply."""

from outages.services import repairing
from sla.models import Clock
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, ordered


def test_it_joins_no_order_of_the_supply(net: Grid) -> None:
    home = ordered(net)
    lamp = ordered(net, trouble="street_light")
    assert lamp != home
    assert (lamp.transformer, lamp.line) == (None, None)
    assert ordered(net, phone="13800000002") == home


def test_the_same_lamp_is_one_order(net: Grid) -> None:
    lamp = ordered(net, trouble="street_light")
    assert ordered(net, trouble="street_light", phone="13800000002") == lamp
    assert ordered(net, trouble="street_light", place="友谊路30号") != lamp


def test_nothing_is_timed(net: Grid) -> None:
    lamp = ordered(net, trouble="street_light")
    repairing.dispatch(lamp, crew=crew(), by=cast.wang(), at=cast.NOW)
    repairing.arrive(lamp, by=cast.wang(), at=cast.NOW)
    repairing.restore(lamp, by=cast.wang(), at=cast.NOW)
    assert lamp.status == "restored"
    assert not Clock.objects.exists()
