"""The law as the repository states it, for every test that asks for it."""

import pytest

from tests import cast


@pytest.fixture
def laws(db: None) -> None:
    """Have regions and policies in force."""
    cast.laws()
