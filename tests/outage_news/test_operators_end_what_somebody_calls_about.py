"""Somebody without the link calls: an operator ends it, with a reason and a record."""

import pytest
from django.contrib.admin.models import LogEntry

from outages.models import Subscription
from portal.notices.models import Message, State
from tests import cast
from tests.outage_news.readers import OTHER, by_phone, tell
from tests.outages.lives import fault
from tests.tracking.visits import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/outages/subscription/"


@pytest.fixture
def row(net) -> Subscription:
    return by_phone(net.garden)


def end(row: Subscription, reason: str, person=cast.sun):
    asked = {"action": "end", "_selected_action": [row.pk], "reason": reason}
    return browser_of(person()).post(PAGE, asked, follow=True)


def test_it_is_ended_with_its_reason_on_record(row):
    fault()
    tell()

    answer = end(row, "机主来电95598要求退订")

    row.refresh_from_db()
    assert row.ended_at is not None
    assert "已退订 1 个" in answer.content.decode()
    assert Message.objects.get().state == State.FAILED
    record = LogEntry.objects.get()
    assert (record.user, record.object_id) == (cast.sun(), str(row.pk))
    assert "机主来电95598要求退订" in record.change_message
    assert "0011" not in record.object_repr


def test_without_a_reason_nothing_ends(row):
    answer = end(row, "  ")

    row.refresh_from_db()
    assert row.ended_at is None
    assert "请写明退订原因" in answer.content.decode()


def test_what_has_ended_already_is_not_ended_again(row):
    end(row, "机主来电")
    row.refresh_from_db()
    first = row.ended_at

    answer = end(row, "又来电")

    row.refresh_from_db()
    assert row.ended_at == first
    assert LogEntry.objects.count() == 1
    assert "已退订 0 个" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("13800000011", True),
        ("+86 138 0000 0011", True),
        ("13800000012", False),
        ("T-YY1-01", True),
        ("T-YY1-02", False),
        ("海河", False),
    ],
)
def test_it_is_found_by_phone_or_area(row, typed, found):
    answer = browser_of(cast.sun()).get(PAGE, {"q": typed})

    page = answer.content.decode()
    assert ("138****0011" in page) == found


def test_many_are_listed_without_their_numbers(net, row):
    by_phone(net.school, OTHER)

    page = browser_of(cast.sun()).get(PAGE).content.decode()

    assert "138****0011" in page
    assert "138****0012" in page
    assert "13800000011" not in page


@pytest.mark.parametrize("person", [cast.wang, cast.zhao, cast.liu])
def test_nobody_else_sees_who_subscribed(row, person):
    assert browser_of(person()).get(PAGE).status_code == 403
    assert end(row, "随便", person).status_code == 403
    row.refresh_from_db()
    assert row.ended_at is None


def test_one_row_shows_no_phone(row):
    page = browser_of(cast.sun()).get(f"{PAGE}{row.pk}/change/").content.decode()

    assert "13800000011" not in page
    assert row.token not in page
