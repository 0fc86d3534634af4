"""A link of its own ends a subscription without signing in; looking never does."""

import pytest
from django.test import Client

from outages.models import Subscription
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.notices.models import Message, State
from tests import cast
from tests.outage_news.readers import PHONE, by_phone, tell
from tests.outages.lives import fault
from tests.tracking.visits import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(net) -> Subscription:
    return by_phone(net.garden)


def link(row: Subscription) -> str:
    return f"/outages/subscriptions/{row.token}/"


def test_looking_ends_nothing(row, client):
    page = client.get(link(row)).content.decode()
    assert "海河花园台区" in page
    assert "138****0011" in page
    assert PHONE not in page
    row.refresh_from_db()
    assert row.ended_at is None


def test_a_press_ends_it(row, client):
    answer = client.post(link(row), follow=True)
    row.refresh_from_db()
    assert row.ended_at is not None
    assert "已退订" in answer.content.decode()
    assert "重新订阅" in answer.content.decode()


def test_a_second_press_changes_nothing(row, client):
    client.post(link(row))
    row.refresh_from_db()
    ended = row.ended_at
    client.post(link(row))
    row.refresh_from_db()
    assert row.ended_at == ended


def test_what_was_on_its_way_is_not_sent(row, client):
    fault()
    tell()
    client.post(link(row))
    assert Message.objects.get().state == State.FAILED


def test_a_system_leaves_by_its_link_too(net, client):
    url, user = "https://wuye.example.com/in", cast.chen()
    row, _secret = subscribing.by_webhook(
        Place(net.garden), url=url, user=user, at=cast.NOW
    )
    fault()
    tell()
    client.post(link(row))
    assert Message.objects.get().state == State.FAILED


def test_a_link_of_nobody_is_not_found(net, client):
    assert client.get("/outages/subscriptions/nobody/").status_code == 404
    assert client.post("/outages/subscriptions/nobody/").status_code == 404
    assert client.get("/outages/subscriptions/%00/").status_code == 404


def test_a_forged_press_is_refused(row):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(row)).status_code == 403
    row.refresh_from_db()
    assert row.ended_at is None


def test_ones_own_are_listed_and_others_are_not(net, client):
    by_phone(net.school)
    signed_in = browser_of(cast.zhang())
    page = f"/outages/subscribe/?account={net.zhang_home.number}"
    signed_in.post(page, {"way": "in_app"})
    listed = signed_in.get("/outages/subscriptions/")
    assert [line.place for line in listed.context["lines"]] == [
        "海河花园（户号 120***001）"
    ]


def test_with_nothing_to_list_the_page_says_what_to_do(net):
    page = browser_of(cast.zhang()).get("/outages/subscriptions/")
    assert "您还没有订阅" in page.content.decode()


def test_strangers_are_asked_to_sign_in(net, client):
    answer = client.get("/outages/subscriptions/")
    assert answer["Location"] == "/sign-in/?next=/outages/subscriptions/"


def test_the_script_of_notifications_is_served_under_one_name(client):
    answer = client.get("/outages/notifications.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert "showNotification" in answer.content.decode()
