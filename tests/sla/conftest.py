"""The law as the repository states it, for every test that asks for it."""

import pytest

from sla.services import policies
from tests.sla.world import at


@pytest.fixture
def laws(db: None) -> None:
    """Load regions and policies."""
    policies.load(at=at("2026-01-01"))
