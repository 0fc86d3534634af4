"""However many areas an outage cuts, its acts ask the database about as often."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outages.models import Transformer
from outages.services import running
from outages.services.scoping import ScopePart
from outages.vocabulary import ScopeLevel
from tests.cast import NOW
from tests.grid import grid, zhou
from tests.outages.lives import END, GARDEN, SQUARE, START, announced

pytestmark = pytest.mark.django_db
STATION = ScopePart(ScopeLevel.SUBSTATION, "S-YY")


def _widened(net, number: int) -> None:
    Transformer.objects.bulk_create(
        [
            Transformer(
                code=f"T-BIG-{n}", name=f"台区{n}", line=net.youyi_one,
                region_id=net.youyi_one.region_id, area_class="urban", households=250,
            )
            for n in range(number)
        ]
    )  # fmt: skip


def _statements(*scope: ScopePart, moment) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        outage = announced(*scope, starts_at=moment, ends_at=moment + (END - START))
        running.begin(outage, by=zhou(), at=moment)
        running.restore_part(
            outage,
            transformers=[outage.interruptions.order_by("pk")[0].transformer.code],
            by=zhou(),
            at=moment,
        )
        running.restore(outage, by=zhou(), at=moment + timedelta(hours=2))
    assert outage.households >= 350
    return len(asked)


def test_eight_hundred_areas_take_about_as_many_statements_as_two():
    net = grid()
    few = _statements(GARDEN, SQUARE, moment=START)
    _widened(net, 800)

    many = _statements(STATION, SQUARE, moment=START + timedelta(days=30))

    # Rows are written in batches of 500, in a few tables.
    assert many <= few + 12
    assert NOW < START
