"""Queries do not grow with events, clocks, papers or applications."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.lifecycle import Status
from applications.models import Application
from applications.services import planning
from tests import cast
from tests.tracking.visits import browser_of, on, page_of

pytestmark = pytest.mark.django_db


def asked(visit: Callable[[], object]) -> int:
    """Count the queries of a first visit: nothing is kept from an earlier one."""
    with on(cast.NOW):
        visit()
        caches["template_fragments"].clear()
        with CaptureQueriesContext(connection) as seen:
            visit()
    return len(seen)


def objected_again_and_again(times: int) -> Application:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    for _ in range(times):
        planning.object_plan(
            application, by=application.filed_by, at=cast.NOW, reason="太远"
        )
        planning.take_objection(application, by=cast.wang(), at=cast.NOW)
        planning.reply_plan(
            application, by=cast.wang(), at=cast.NOW, offer=cast.offer_for(application)
        )
    return application


def test_the_tracking_page() -> None:
    short, long = objected_again_and_again(0), objected_again_and_again(4)
    client = browser_of(short.filed_by)
    few = asked(lambda: client.get(page_of(short)))
    many = asked(lambda: client.get(page_of(long)))
    assert few == many <= 14


def test_the_tracking_page_while_the_utility_works() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    client = browser_of(application.filed_by)
    # Session, person, unread messages, mark; then the application, its events, clocks,
    # their ledgers, papers.
    assert asked(lambda: client.get(page_of(application))) == 9


def test_the_refreshed_status() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    client = browser_of(application.filed_by)
    address = f"{page_of(application)}status/?seen={application.last_seq}"
    assert asked(lambda: client.get(address)) == 7


def test_the_list() -> None:
    def visit() -> object:
        return client.get("/applications/")

    client: Client = browser_of(cast.zhang())
    cast.submitted()
    one = asked(visit)
    for _ in range(5):
        cast.submitted()
    assert asked(visit) == one <= 9
