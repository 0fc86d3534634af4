"""A visitor on the Tuesday that every outage test knows, in front of the small grid."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.cast import NOW
from tests.grid import Grid, grid


@pytest.fixture
def net(db: None) -> Grid:
    """Return the network by name."""
    return grid()


@pytest.fixture
def visitor(net: Grid) -> Iterator[Client]:
    """Return the browser of somebody who has not signed in, at nine o'clock."""
    with time_machine.travel(NOW, tick=False):
        yield Client()


def read(client: Client, path: str, **asked: str) -> str:
    """Return a page as text; it must answer."""
    response = client.get(path, asked)
    assert response.status_code == 200
    return str(response.content.decode())
