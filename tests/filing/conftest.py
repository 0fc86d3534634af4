"""Filing: with the limits of the files in force."""

import pytest

from tests import cast


@pytest.fixture(autouse=True)
def _laws(request: pytest.FixtureRequest) -> None:
    """Load the policies wherever a test has a database."""
    if request.node.get_closest_marker("django_db"):
        kind = "transactional_db" if is_transactional(request) else "db"
        request.getfixturevalue(kind)
        cast.laws()


def is_transactional(request: pytest.FixtureRequest) -> bool:
    """Tell whether a test commits for real."""
    marker = request.node.get_closest_marker("django_db")
    wants = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(wants or (marker and marker.kwargs.get("transaction")))
