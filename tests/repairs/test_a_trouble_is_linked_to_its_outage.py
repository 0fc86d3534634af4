"""关联停电: only what is out, and only where it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.models import OutageEvent
from outages.services import repairing, running
from sla.ground.errors import Refused
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import fault, ordered


def test_the_link_stands_in_the_history(net: Grid) -> None:
    order, outage = ordered(net), fault(net)
    repairing.link(order, outage=outage, by=cast.wang(), at=cast.NOW)
    event = OutageEvent.objects.get(reference=order.number, action="link")
    assert event.payload == {"outage": outage.number}


def test_an_outage_elsewhere_is_refused(net: Grid) -> None:
    with pytest.raises(ValidationError, match="停电范围不包括"):
        repairing.link(
            ordered(net), outage=fault(net, "T-YY1-03"), by=cast.wang(), at=cast.NOW
        )


def test_an_outage_of_the_line_concerns_a_trouble_of_the_line(net: Grid) -> None:
    order = ordered(net)
    repairing.widen(order, by=cast.wang(), at=cast.NOW)
    with pytest.raises(ValidationError, match="停电范围不包括"):
        repairing.link(
            order, outage=fault(net, "T-YY2-01"), by=cast.wang(), at=cast.NOW
        )
    outage = fault(net, "T-YY1-03")
    repairing.link(order, outage=outage, by=cast.wang(), at=cast.NOW)
    assert order.outage == outage


def test_a_place_without_a_transformer_goes_by_its_district(net: Grid) -> None:
    order = ordered(net, premises=None, place="海河边")
    with pytest.raises(ValidationError, match="停电范围不包括"):
        repairing.link(
            order, outage=fault(net, "T-HP1-01"), by=cast.wang(), at=cast.NOW
        )
    repairing.link(order, outage=fault(net), by=cast.wang(), at=cast.NOW)
    assert order.outage is not None


def test_what_is_over_is_refused(net: Grid) -> None:
    order, outage = ordered(net), fault(net)
    later = cast.NOW + timedelta(minutes=5)
    running.restore(outage, by=cast.sun(), at=later)
    with pytest.raises(ValidationError, match="只能关联正在停电"):
        repairing.link(order, outage=outage, by=cast.wang(), at=later)


def test_money_owed_is_no_trouble_of_the_network(net: Grid) -> None:
    order, outage = ordered(net), fault(net)
    outage.kind = "arrears"
    with pytest.raises(ValidationError, match="欠费"):
        repairing.link(order, outage=outage, by=cast.wang(), at=cast.NOW)


def test_a_street_light_is_linked_to_nothing(net: Grid) -> None:
    lamp, outage = ordered(net, trouble="street_light"), fault(net)
    with pytest.raises(Refused, match="路灯"):
        repairing.link(lamp, outage=outage, by=cast.wang(), at=cast.NOW)
