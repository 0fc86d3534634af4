"""However often it is pressed: one application, one number, one confirmation."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import override_settings
from django.urls import reverse

from applications.lifecycle import Status
from applications.models import Application, Event
from applications.services import acting, filing
from sla.ground.errors import Refused, TooOften
from sla.models import Clock
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db
THREADS, PRESSES, TWINS = 20, 5, 8


@pytest.fixture
def client():
    return walking.browser_of(cast.zhang())


def test_pressing_again_shows_the_same_confirmation(client):
    draft = walking.fill_in(client, walking.HOME)
    page = client.get(f"{draft}check/")
    sent = {"fingerprint": page.context["fingerprint"]}

    places = {client.post(f"{draft}check/", sent)["Location"] for _ in range(5)}

    assert places == {f"{draft}done/"}
    assert Application.objects.filed().count() == 1
    assert Event.objects.filter(action="submit").count() == 1


def test_back_and_refresh_show_the_same_confirmation(client):
    draft = walking.fill_in(client, walking.HOME)
    walking.press_submit(client, draft)
    number = walking.application_of(draft).number

    for page in ("", "need/", "site/", "documents/", "check/", "discard/"):
        assert client.get(draft + page)["Location"] == f"{draft}done/"
    for _ in range(2):
        assert number in walking.text_of(client.get(f"{draft}done/"))
    late = client.post(f"{draft}site/", {"region": cast.HEPING, "address": "别处1号"})
    assert late["Location"] == f"{draft}done/"
    assert walking.application_of(draft).region_id == cast.HEXI


def test_before_submission_there_is_no_confirmation(client):
    draft = walking.fill_in(client, walking.HOME)

    assert client.get(f"{draft}done/")["Location"] == f"{draft}check/"


def test_the_confirmation_has_a_number_a_way_on_and_a_code_to_scan(client):
    draft = walking.fill_in(client, walking.HOME)
    walking.press_submit(client, draft)

    page = client.get(f"{draft}done/").content.decode()

    number = walking.application_of(draft).number
    assert f'data-copy="{number}"' in page
    assert f'href="/applications/{number}/"' in page
    assert 'src="data:image/svg+xml' in page
    assert "data-print" in page
    assert "最晚" in page


def test_other_answers_under_the_same_key_are_not_filed_again(client):
    """The page of an old device is pressed after another one was submitted."""
    draft = walking.fill_in(client, walking.HOME)
    old = client.get(f"{draft}check/").context["fingerprint"]
    client.post(f"{draft}site/", {"region": cast.HEPING, "address": "南京路1号"})
    walking.press_submit(client, draft)

    response = client.post(f"{draft}check/", {"fingerprint": old})

    assert response.status_code == 422
    said = walking.text_of(response)
    assert "与您刚才看到的不同" in said
    assert walking.application_of(draft).number in said
    assert Application.objects.filed().count() == 1


def test_nobody_else_submits_it(client):
    draft = walking.fill_in(client, walking.HOME)
    stranger = walking.browser_of(cast.chen())

    assert stranger.post(f"{draft}check/", {}).status_code == 404
    with pytest.raises(Refused):
        filing.submit(walking.application_of(draft), by=cast.chen(), at=cast.NOW)


# -- How often -----------------------------------------------------------------------
def test_five_an_hour_are_enough(client):
    with time_machine.travel(cast.at("2026-09-01", "09:00"), tick=False):
        client = walking.browser_of(cast.zhang())
        for _ in range(5):
            draft = walking.fill_in(client, walking.HOME)
            assert walking.press_submit(client, draft).status_code == 302
        sixth = walking.fill_in(client, walking.HOME)
        response = walking.press_submit(client, sixth)
        assert response.status_code == 429
        assert response["Retry-After"] == "3600"
        assert "一小时内最多提交5份" in walking.text_of(response)
        again = client.post(f"{draft}check/", {})
        assert again.status_code == 302, "a repeat is no new submission"
        other = walking.browser_of(cast.chen())
        theirs = walking.fill_in(other, walking.SHOP)
        assert walking.press_submit(other, theirs).status_code == 302

    with time_machine.travel(cast.at("2026-09-01", "10:01"), tick=False):
        assert walking.press_submit(client, sixth).status_code == 302


@override_settings(SUBMISSIONS_PER_HOUR=1)
def test_how_often_is_a_setting():
    cast.submitted()

    with pytest.raises(TooOften):
        filing.require_pace(by=cast.zhang(), at=cast.NOW)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@override_settings(SUBMISSIONS_PER_HOUR=1)
def test_twins_of_the_last_click_allowed_are_no_further_ones():
    check = reverse("filing:check", kwargs={"key": cast.drafted().submission_key})
    gate = threading.Barrier(TWINS)

    def press(browser):
        try:
            gate.wait(timeout=60)
            return browser.post(check).headers.get("Location")
        finally:
            connection.close()

    browsers = [walking.browser_of(cast.zhang()) for _ in range(TWINS)]
    with ThreadPoolExecutor(TWINS) as pool:
        places = set(pool.map(press, browsers))

    assert places == {check.replace("/check/", "/done/")}


# -- All at once ---------------------------------------------------------------------
def press_all_at_once(application):
    """Submit one draft from many threads, often each; return what each was told."""
    gate = threading.Barrier(THREADS)
    owner = cast.zhang()

    def press_often(_thread):
        try:
            copies = [
                Application.objects.get(pk=application.pk) for _ in range(PRESSES)
            ]
            gate.wait(timeout=60)
            return [filing.submit(c, by=owner, at=cast.NOW).number for c in copies]
        except (DatabaseError, Refused) as error:
            return [error]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return [
            number for told in pool.map(press_often, range(THREADS)) for number in told
        ]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_hundred_presses_at_once_file_one_application():
    draft = cast.drafted()

    told = press_all_at_once(draft)

    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert len(told) == 100
    assert set(told) == {draft.number}
    assert Event.objects.filter(application=draft, action="submit").count() == 1
    assert Clock.objects.of(draft.number).count() == Clock.objects.count() > 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_race_is_lost(monkeypatch):
    """The control: were all told one number, the test above would prove nothing."""
    draft = cast.drafted()
    looked = threading.Barrier(THREADS)

    def unlocked(application):
        """Read as ``acting.lock`` does and hold nothing; all read before one writes."""
        rows = Application.objects.select_related("region", "applicant")
        row = rows.get(pk=application.pk)
        if row.status == Status.DRAFT:
            looked.wait(timeout=60)
        return row

    monkeypatch.setattr(acting, "lock", unlocked)

    told = press_all_at_once(draft)

    assert len(set(map(str, told))) > 1
