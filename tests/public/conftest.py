"""The public pages on a Monday before 国庆, with the limits of the files in force."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from sla.engine import SHANGHAI
from sla.services import policies

NOW = datetime(2026, 9, 28, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def _limits(db: None) -> None:
    policies.load(at=NOW)


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor(_limits: None, _today: None) -> Client:
    """Return the browser of somebody who has not signed in."""
    return Client()
