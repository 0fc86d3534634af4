"""Following applications: with the limits of the files in force."""

import pytest

from tests import cast


@pytest.fixture(autouse=True)
def _laws(request: pytest.FixtureRequest) -> None:
    """Load the policies wherever a test has a database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cast.laws()
