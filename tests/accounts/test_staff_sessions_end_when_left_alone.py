"""Fifteen minutes without an act, or ten hours at most: then staff sign in again."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.services import people
from tests import cast
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
START = cast.NOW
PAGE = "/admin/applications/application/?queue=open"


def later(minutes: float) -> time_machine.travel:
    """Stand still, this many minutes after signing in."""
    return time_machine.travel(START + timedelta(minutes=minutes), tick=False)


@pytest.fixture
def client(manager) -> Client:
    client = Client()
    with later(0):
        client.post("/staff/sign-in/", {"username": "wang", "password": PASSWORD})
    return client


def test_whoever_works_stays(client):
    for minutes in range(0, 120, 14):
        with later(minutes):
            assert client.get(PAGE).status_code == 200


def test_whoever_was_away_signs_in_again_and_hears_why(client):
    with later(16):
        answer = client.get(PAGE)
        page = client.get(answer["Location"]).content.decode()

    assert "_auth_user_id" not in client.session
    assert "您超过15分钟没有操作" in page
    assert "没有提交的内容不会保留" in page


def test_signing_in_again_leads_back(client):
    with later(16):
        there = client.get(PAGE)["Location"]
        sent = {"username": "wang", "password": PASSWORD}
        next_page = client.get(there).context["next"]
        assert client.post(there, {**sent, "next": next_page})["Location"] == PAGE
        assert client.get(PAGE).status_code == 200


def test_what_was_sent_too_late_is_said_to_be_lost(client):
    act = "/admin/applications/application/1/act/accept/"
    with later(16):
        answer = client.post(act, {}, headers={"Referer": f"http://testserver{act}"})
        page = client.get(answer["Location"])

    assert page.context["next"] == act
    assert "刚才提交的内容没有办理，也没有保存" in page.content.decode()


def test_nobody_is_led_to_another_house(client):
    with later(16):
        sent = client.post(
            PAGE, {}, headers={"Referer": "https://elsewhere.example//x"}
        )
    assert "next" not in sent["Location"]


def test_a_page_that_asks_by_itself_keeps_nobody_in(client):
    poll = {"HX-Request": "true"}
    for minutes in (5, 10, 14):
        with later(minutes):
            client.get("/applications/", headers=poll)
    with later(16):
        assert client.get("/applications/", headers=poll).status_code == 302
        assert "ended=idle" in client.get(PAGE)["Location"]


def test_programs_with_that_session_are_strangers(client):
    with later(16):
        assert client.get("/api/v1/applications/").status_code in {401, 403}


def test_use_is_noted_once_a_minute_at_most(client):
    with later(1.5):
        client.get("/admin/")
        noted = Session.objects.get().session_data
    with later(2.4):
        client.get("/admin/")
    assert Session.objects.get().session_data == noted


def test_ten_hours_are_the_most_however_busy(client):
    for minutes in range(0, 600, 10):
        with later(minutes):
            assert client.get("/sign-in/").status_code == 302
    with later(601):
        answer = client.get(PAGE)
    assert answer["Location"].startswith("/admin/login/")


def test_signing_out_needs_no_explanation(client):
    with later(16):
        assert client.post("/sign-out/")["Location"] == "/"


def test_applicants_are_left_alone():
    phone = Client()
    phone.force_login(people.applicant_with(phone="+8613812345678"))
    with time_machine.travel(START + timedelta(days=1), tick=False):
        phone.get("/applications/")
    with time_machine.travel(START + timedelta(days=2), tick=False):
        assert phone.get("/applications/").status_code == 200
