"""Every test of the admin knows the law, and lives on the first of September 2026."""

from collections.abc import Iterator

import pytest
import time_machine

from tests import cast


@pytest.fixture(autouse=True)
def _law_and_day(db: None) -> Iterator[None]:
    with time_machine.travel(cast.NOW, tick=False):
        cast.laws()
        yield
