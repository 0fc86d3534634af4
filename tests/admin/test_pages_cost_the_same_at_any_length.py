"""The number of queries does not grow with the number of tickets or events."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.lifecycle import Status
from applications.models import Application
from applications.services import casework
from tests import cast
from tests.admin import desk


def queries(client: Client, url: str) -> int:
    """Return how many queries a page takes once caches are warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_workbench_and_list() -> None:
    client = desk.sign_in(cast.zhao())
    pages = ("/admin/", "/admin/applications/application/?queue=all")
    cast.submitted(cast.FACTORY)
    cast.walk(Status.PLAN_REPLIED)
    few = [queries(client, page) for page in pages]
    for _ in range(4):
        cast.submitted(cast.SCHOOL)
        cast.walk(Status.CONNECTING, cast.SHOP)
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 15


def test_ticket_and_history() -> None:
    client = desk.sign_in(cast.wang())
    short = cast.walk(Status.ACCEPTED, cast.FACTORY)
    long = cast.walk(Status.ACCEPTED, cast.FACTORY)
    for number in range(8):
        casework.note(long, by=cast.wang(), at=cast.NOW, text=f"电话联系 {number}")

    def cost(application: Application) -> list[int]:
        ticket = desk.ticket_url(application)
        history = ticket.replace("/change/", "/history/")
        return [queries(client, ticket), queries(client, history)]

    assert cost(short) == cost(long)
    assert max(cost(long)) <= 18
