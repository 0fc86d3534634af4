"""Operators look at the telling of each piece of news; nobody changes it by hand."""

import pytest

from tests import cast
from tests.outage_news.readers import by_phone, tell
from tests.outages.lives import announced
from tests.tracking.visits import browser_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/outages/broadcast/"


def test_operators_see_it(net):
    by_phone(net.garden)
    outage = announced()
    tell()
    page = browser_of(cast.sun()).get(PAGE)
    assert outage.number in page.content.decode()
    assert "停电预告" in page.content.decode()


@pytest.mark.parametrize("person", [cast.wang, cast.zhao])
def test_others_do_not(net, person):
    assert browser_of(person()).get(PAGE).status_code == 403


def test_nobody_writes_it(net):
    assert browser_of(cast.sun()).get(f"{PAGE}add/").status_code == 403
