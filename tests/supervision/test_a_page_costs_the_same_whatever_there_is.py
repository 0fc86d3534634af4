"""The number of queries does not grow with what there is to count."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from tests import cast
from tests.supervision import world

PAGES = [
    ("/board/", {"period": "ever"}, 22),
    ("/board/", {"period": "last_month"}, 22),
    ("/board/clocks/", {"period": "ever", "bucket": "open"}, 16),
    ("/board/cases/", {"period": "ever", "bucket": "open"}, 16),
    ("/board/cases/", {"period": "ever", "bucket": "done"}, 16),
    ("/board/clocks.csv", {"period": "ever", "bucket": "open"}, 16),
    ("/board/cases.xlsx", {"period": "ever", "bucket": "overdue"}, 16),
]


def cost(client: Client, address: str, query: dict[str, str]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address, query).status_code == 200
    return len(seen)


def more() -> None:
    for day in ("2026-07-20", "2026-08-03", "2026-08-10"):
        world.filed(cast.SCHOOL, day, steps=1)
        world.filed(cast.FACTORY, day, steps=2)


@pytest.mark.parametrize(("address", "query", "most"), PAGES)
def test_constant_queries(
    city: dict[str, Application],
    regulator: Client,
    address: str,
    query: dict[str, str],
    most: int,
) -> None:
    more()  # an empty list asks less
    cost(regulator, address, query)  # calendars are read once
    before = cost(regulator, address, query)
    more()
    assert cost(regulator, address, query) == before
    assert before <= most
