"""What tests of this folder may ask for."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import NOW


@pytest.fixture
def today() -> Iterator[None]:
    """Let pages be opened on the day of the cast."""
    with time_machine.travel(NOW, tick=False):
        yield
