"""A 户号 stands on every bill and can be guessed: it leads to a 小区, never a door."""

from typing import Any

from outages.models import FaultReport
from outages.selectors import answer, known_places
from outages.services import subscribing
from tests import cast
from tests.repairs.desk import reported
from tests.repairs.pages import DETAILS, send, text_of, where

NUMBER = "1200000001"
DOOR = "友谊路12号"
COMPOUND = "海河花园"


def test_it_is_subscribed_to_by_its_compound(net, client):
    found = client.get("/outages/subscribe/", {"q": NUMBER})
    asked = client.get(f"/outages/subscribe/?account={NUMBER}")
    for page in (found, asked):
        said = text_of(page)
        assert COMPOUND in said
        assert net.garden_gate.address not in said


def test_a_subscription_by_it_keeps_no_address(net, client):
    zhang = cast.zhang()
    place = subscribing.at_account(net.zhang_home)
    row = subscribing.in_app(place, user=zhang, at=cast.NOW)
    assert row.premises is None
    page = client.get(f"/outages/subscriptions/{row.token}/")
    assert f"{COMPOUND}（户号 120***001）" in text_of(page)
    assert [own.place for own in answer.of_user(zhang.pk, at=cast.NOW)] == [COMPOUND]
    feed = client.get(f"/outages/subscriptions/{row.token}.ics")
    assert DOOR not in feed.content.decode()


def test_a_report_by_it_sends_the_crew_to_the_door_alone(net, client):
    where(client, place=NUMBER)
    assert f"{COMPOUND}（户号尾号0001）" in text_of(client.get(DETAILS))
    sent: Any = send(client)
    assert FaultReport.objects.get().place == net.garden_gate.address
    assert DOOR not in text_of(client.get(sent.url))


def test_it_is_remembered_by_its_last_digits(net):
    zhang = cast.zhang()
    reported(net, premises=None, place="", account=net.zhang_home, reporter=zhang)
    place = subscribing.at_account(net.hospital)
    subscribing.in_app(place, user=zhang, at=cast.NOW)
    report, wish = known_places.of(zhang.pk)
    assert (report.label, report.place) == (f"{COMPOUND}（户号尾号0001）", "")
    assert (report.account, report.premises) == (net.zhang_home.pk, None)
    assert (wish.account, wish.region) == (net.hospital.pk, cast.HEXI)
