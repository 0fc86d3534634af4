"""From a ticket one goes back to the list one was working through."""

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.admin import desk

WAY_BACK = re.compile(r'<a href="([^"]+)">申请列表</a>')

pytestmark = pytest.mark.django_db


def way_back(response):
    """Return where the ticket's page leads back to."""
    return WAY_BACK.search(desk.text(response))[1].replace("&amp;", "&")


def test_with_its_queue_filters_and_page_also_after_an_act():
    ticket = cast.submitted()
    browser = desk.sign_in(cast.wang())
    asked = {"queue": "unclaimed", "user_type": ticket.user_type, "page": "1"}
    browser.get(reverse(desk.LIST), asked)

    there = way_back(browser.get(desk.ticket_url(ticket)))
    desk.press(browser, ticket, "claim")
    after = way_back(browser.get(desk.ticket_url(ticket)))

    listed = browser.get(there)
    assert there == after == f"{reverse(desk.LIST)}?{listed.request['QUERY_STRING']}"
    assert listed.wsgi_request.GET.dict() == asked


def test_to_the_whole_list_for_those_who_saw_none():
    browser = desk.sign_in(cast.wang())

    assert way_back(browser.get(desk.ticket_url(cast.submitted()))) == reverse(
        desk.LIST
    )
