"""Reading in English: with the limits of the files in force."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests import cast
from tests.grid import Grid, grid


@pytest.fixture
def net(db: None) -> Grid:
    """Return the small network."""
    return grid()


@pytest.fixture
def laws(db: None) -> None:
    """Load the policies of the repository."""
    cast.laws()


@pytest.fixture
def visitor(laws: None) -> Client:
    """Return the browser of somebody who has chosen nothing."""
    return Client()


@pytest.fixture
def reader(laws: None) -> Client:
    """Return the browser of somebody who chose English."""
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture(autouse=True)
def _languages_stay_inside() -> Any:
    """Leave no language active for the next test."""
    with translation.override("zh-hans"):
        yield
