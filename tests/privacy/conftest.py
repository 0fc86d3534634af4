"""People who look after their own data: a Tuesday morning, the small network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from tests import cast
from tests.grid import Grid, grid


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Let it be nine o'clock until a test moves on."""
    with time_machine.travel(cast.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def net(db: None, clock: time_machine.Traveller) -> Grid:
    """Return the small network."""
    return grid()
