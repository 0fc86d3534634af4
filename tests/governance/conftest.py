"""Every test of governance knows the small network of 河西 and 和平."""

import pytest

from tests.grid import Grid, grid


@pytest.fixture
def network(db: None) -> Grid:
    """Return the network every outage test knows."""
    return grid()
