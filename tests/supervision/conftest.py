"""The small city, and browsers whose clock stands at its present."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from applications.models import Application
from tests import cast
from tests.supervision import world


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """Build the city once for the tests of a file, and take it away after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {name: case.pk for name, case in world.city().items()}
        transaction.set_rollback(True)


@pytest.fixture
def city(_built: dict[str, int], db: None) -> dict[str, Application]:
    """Return the cases by what they are; what a test does to them is undone."""
    found = Application.objects.in_bulk(list(_built.values()))
    return {name: found[pk] for name, pk in _built.items()}


@pytest.fixture
def present() -> Iterator[None]:
    """Let the edges read the city's present."""
    with time_machine.travel(world.NOW, tick=False):
        yield


@pytest.fixture
def regulator(city: dict[str, Application], present: None) -> Client:
    """Return 刘监管's browser."""
    return world.signed_in(cast.liu())
