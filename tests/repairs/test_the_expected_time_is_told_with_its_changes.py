"""预计复电时间: ahead of now, with a zone, and every change with its reason."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.models import OutageEvent
from outages.services import repairing
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import ordered

HOPED = cast.NOW + timedelta(hours=2)


def test_the_first_estimate_needs_no_reason(net: Grid) -> None:
    order = ordered(net)
    repairing.estimate(order, estimated_at=HOPED, by=cast.wang(), at=cast.NOW)
    assert order.estimated_at == HOPED
    event = OutageEvent.objects.get(reference=order.number, action="estimate")
    assert event.payload == {"estimated_at": [None, HOPED.isoformat()]}


def test_a_change_is_explained_and_kept(net: Grid) -> None:
    order = ordered(net)
    later = HOPED + timedelta(hours=1)
    repairing.estimate(order, estimated_at=HOPED, by=cast.wang(), at=cast.NOW)
    with pytest.raises(ValidationError, match="原因"):
        repairing.estimate(order, estimated_at=later, by=cast.wang(), at=cast.NOW)
    repairing.estimate(
        order,
        estimated_at=later,
        reason="电缆需要开挖",
        by=cast.wang(),
        at=cast.NOW,
    )
    event = OutageEvent.objects.filter(reference=order.number).latest("seq")
    before, after = event.payload["estimated_at"]
    assert datetime.fromisoformat(before) == HOPED
    assert datetime.fromisoformat(after) == later
    assert event.note == "电缆需要开挖"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (cast.NOW, "晚于现在"),
        (cast.NOW + timedelta(days=61), "天"),
        (cast.NOW.replace(tzinfo=None) + timedelta(hours=1), "时区"),
    ],
)
def test_an_impossible_time_is_refused(net: Grid, moment: datetime, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        repairing.estimate(
            ordered(net), estimated_at=moment, by=cast.wang(), at=cast.NOW
        )
