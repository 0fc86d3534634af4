"""How the tests walk through the pages of reporting a fault."""

from typing import Any

from django.test import Client

from outages.models import FaultReport
from tests.tracking.visits import browser_of as browser_of
from tests.tracking.visits import on as on
from tests.tracking.visits import text_of as text_of

WHERE = "/outages/report/where/"
DETAILS = "/outages/report/details/"


def where(client: Client, trouble: str = "home", **said: Any) -> Any:
    """Say where it is."""
    return client.post(f"{WHERE}?trouble={trouble}", {"region": "", **said})


def send(client: Client, **said: Any) -> Any:
    """Hand in the last page."""
    return client.post(DETAILS, {"importance": "ordinary", "phone": "", **said})


def page_of(report: FaultReport) -> str:
    """Return the address of the progress page."""
    return f"/outages/reports/{report.number}/"
