"""Repairs: on the small network, with the limits of the files in force."""

import pytest

from tests.grid import Grid, grid


@pytest.fixture
def net(db: None) -> Grid:
    """Return the small network."""
    return grid()


@pytest.fixture
def shared_net(transactional_db: None) -> Grid:
    """Return the small network where several connections see it."""
    return grid()
