"""Phones keep announced outages in their calendar, and learn of every change."""

from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar

from outages.services import announcing, running, subscribing
from tests.cast import NOW, sun
from tests.grid import zhou
from tests.outage_news.readers import by_phone
from tests.outages.lives import (
    END,
    SQUARE,
    START,
    ZHANG_HOME,
    announced,
    approved,
    fault,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment():
    """Look at NOW, whatever the machine's clock says."""
    with time_machine.travel(NOW, tick=False):
        yield


def calendar(client, name: str) -> Calendar:
    answer = client.get(f"/outages/calendar/{name}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    assert isinstance(found, Calendar)
    return found


def events(client, name: str):
    return calendar(client, name).walk("VEVENT")


def test_an_announced_outage_stands_in_it(net, client):
    row, outage = by_phone(net.garden), announced()
    found = calendar(client, row.token)
    [event] = found.walk("VEVENT")
    assert event["UID"].startswith(outage.number)
    assert event.decoded("DTSTART") == START
    assert event.decoded("DTEND") == END
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["STATUS"] == "CONFIRMED"
    [zone] = found.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"


def test_it_rings_a_day_before(net, client):
    announced()
    row = by_phone(net.garden)
    [alarm] = calendar(client, row.token).walk("VALARM")
    assert alarm.decoded("TRIGGER") == -timedelta(days=1)


def test_a_change_keeps_its_name_and_counts_on(net, client):
    row, outage = by_phone(net.garden), announced()
    [before] = events(client, row.token)
    announcing.reschedule(
        outage,
        starts_at=START + timedelta(days=1),
        ends_at=END + timedelta(days=1),
        reason="天气",
        by=sun(),
        at=NOW,
    )
    [after] = events(client, row.token)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == START + timedelta(days=1)


def test_a_cancelled_outage_says_so_and_rings_no_more(net, client):
    row, outage = by_phone(net.garden), announced()
    announcing.cancel(outage, reason="不做了", by=sun(), at=NOW)
    found = calendar(client, row.token)
    assert found.walk("VEVENT")[0]["STATUS"] == "CANCELLED"
    assert found.walk("VALARM") == []


def test_others_outages_drafts_and_faults_are_not_in_it(net, client):
    row = by_phone(net.garden)
    announced(SQUARE)
    approved()
    fault(moment=NOW)
    assert events(client, row.token) == []


def test_the_cut_of_one_account_is_its_own_alone(net, client):
    announced(ZHANG_HOME)
    neighbour = by_phone(net.garden)
    place = subscribing.at_account(net.zhang_home)
    own = subscribing.by_sms(place, phone="+8613800000012", at=NOW)
    assert events(client, neighbour.token) == []
    assert len(events(client, own.token)) == 1


def test_who_left_gets_an_empty_one(net, client):
    row = by_phone(net.garden)
    announced()
    subscribing.end(row, at=NOW)
    assert events(client, row.token) == []


def test_one_outage_has_a_calendar_of_its_own(net, client, settings):
    settings.PUBLIC_URL = "https://bandian.example"
    outage = announced()
    [event] = events(client, outage.number)
    assert event["URL"] == f"https://bandian.example/outages/{outage.number}/"
    running.begin(outage, by=zhou(), at=START)
    assert len(events(client, outage.number.lower())) == 1


@pytest.mark.parametrize("name", ["TD-0000-0000-0000-0", "nobody", "x" * 32])
def test_what_does_not_exist_is_not_found(net, client, name):
    assert client.get(f"/outages/calendar/{name}.ics").status_code == 404


def test_a_draft_has_none(net, client):
    assert client.get(f"/outages/calendar/{approved().number}.ics").status_code == 404


def test_who_has_it_is_told_that_nothing_changed(net, client):
    row, outage = by_phone(net.garden), announced()
    path = f"/outages/calendar/{row.token}.ics"
    first = client.get(path)
    tag = first["ETag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    assert (
        client.get(
            path, headers={"if-modified-since": first["Last-Modified"]}
        ).status_code
        == 304
    )
    announcing.cancel(outage, reason="不做了", by=sun(), at=NOW + timedelta(hours=1))
    again = client.get(path, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again["ETag"] != tag


def test_it_costs_the_same_however_many(net, client, django_assert_max_num_queries):
    row = by_phone(net.garden)
    for day in range(3):
        announced(
            starts_at=START + timedelta(days=day), ends_at=END + timedelta(days=day)
        )
    with django_assert_max_num_queries(3):
        assert len(events(client, row.token)) == 3
