"""The number of queries does not grow with the outages that a page shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outages.services import network, running
from outages.services.scoping import ScopePart
from tests.cast import NOW
from tests.grid import Grid, zhou
from tests.outages import lives

HOUR = timedelta(hours=1)


def cost(client: Client, address: str) -> int:
    """Return how often a page asks the database."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def more(net: Grid) -> Callable[[], None]:
    """Return what makes one more of everything."""

    def add() -> None:
        count = net.youyi_two.transformers.count()
        codes = [f"T-YY2-{count + i:02d}" for i in range(1, 5)]
        for code in codes:
            area = network.add_transformer(
                code=code, name=code, line=net.youyi_two, households=9
            )
            network.add_premises(transformer=area, address=f"友谊路{code}号")
        parts = [ScopePart("transformer", code) for code in codes]
        lives.fault(parts[0], moment=NOW - HOUR)
        over = lives.fault(parts[1], moment=NOW - 2 * HOUR)
        running.restore(over, by=zhou(), at=NOW - HOUR)
        start = NOW + HOUR
        lives.announced(
            *parts[2:],
            starts_at=start,
            ends_at=start + HOUR,
            works=["检修"],
            at=NOW - timedelta(days=9),
        )

    return add


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/outages/", 12),
        ("/outages/?district=120103", 12),
        ("/outages/?q=友谊路", 8),
        ("/outages/map/", 5),
    ],
)
def test_constant_queries(
    visitor: Client, more: Callable[[], None], address: str, most: int
) -> None:
    more()
    before = cost(visitor, address)
    more()
    assert cost(visitor, address) == before
    assert before <= most


def test_one_outage_of_many_places(visitor: Client, net: Grid) -> None:
    small, large = lives.fault(lives.SQUARE), lives.fault(lives.LINE_ONE)
    network.add_premises(transformer=net.square, address="和平路1号")
    few = cost(visitor, f"/outages/{small.number}/")
    many = cost(visitor, f"/outages/{large.number}/")
    assert many == few <= 12
