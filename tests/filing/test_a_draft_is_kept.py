"""A draft survives everything but its owner's wish and thirty days."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage

from applications.lifecycle import Status
from applications.models import Applicant, Application, Document
from applications.services import filing
from applications.tasks import purge_drafts
from sla.ground.errors import Refused, Reused
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return walking.browser_of(cast.zhang())


def test_a_second_press_of_the_button_opens_no_second_draft(client):
    key = str(client.get("/apply/").context["key"])

    for _ in range(3):
        assert key in client.post("/apply/", {"key": key})["Location"]

    assert Application.objects.count() == 1


def test_a_page_without_a_key_still_begins(client):
    assert client.post("/apply/", {"key": "nonsense"}).status_code == 302
    assert Application.objects.count() == 1


def test_answers_are_there_on_another_device(client):
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.HOME.need)
    client.post(f"{draft}site/", walking.HOME.site)

    other = walking.browser_of(cast.zhang())
    assert "家里用电" in walking.text_of(other.get("/apply/"))
    assert 'value="友谊路12号3门401"' in other.get(f"{draft}site/").content.decode()
    form = other.get(f"{draft}need/").context["form"]
    assert (form["kind"].value(), form["purpose"].value()) == ("resident", "家里用电")


def test_the_list_of_steps_says_what_is_next_and_what_must_wait(client):
    draft = walking.begin(client)

    rows = client.get(draft).context["rows"]
    assert [r["done"] for r in rows] == [False] * 6
    assert [r["waits"] for r in rows] == [False, True, False, True, True, True]

    client.post(f"{draft}need/", walking.HOME.need)
    client.post(f"{draft}site/", walking.HOME.site)
    page = client.get(draft)
    rows = page.context["rows"]
    assert [r["done"] for r in rows] == [True, False, True, False, False, False]
    assert [r["waits"] for r in rows] == [False, False, False, False, True, True]
    assert page.context["next"] == rows[1]
    assert "先完成前面的步骤" in walking.text_of(page)


def test_all_filled_in_leads_to_the_last_page(client):
    draft = walking.fill_in(client, walking.HOME)

    page = client.get(draft)

    assert [r["done"] for r in page.context["rows"]] == [True] * 5 + [False]
    assert "核对并提交" in walking.text_of(page)


PAGES = ("need", "capacity", "site", "person", "documents", "check", "done", "discard")


@pytest.mark.parametrize("page", ["", *(f"{name}/" for name in PAGES)])
def test_another_s_draft_does_not_exist(client, page):
    draft = walking.fill_in(client, walking.HOME)
    stranger = walking.browser_of(cast.chen())

    assert stranger.get(draft + page).status_code == 404
    if page not in {"", "done/"}:
        assert stranger.post(draft + page, {}).status_code == 404
    assert walking.application_of(draft).status == Status.DRAFT


def test_an_unknown_draft_looks_the_same(client):
    assert client.get(f"/apply/{uuid.uuid4()}/need/").status_code == 404


def test_a_key_of_another_opens_nothing(client):
    draft = walking.begin(client)
    key = draft.split("/")[2]

    response = walking.browser_of(cast.chen()).post(
        "/apply/", {"key": key}, follow=True
    )

    assert "提交编号已被使用" in walking.text_of(response)
    with pytest.raises(Reused):
        filing.start(by=cast.chen(), at=cast.NOW, key=uuid.UUID(key))


def test_pages_are_never_stored(client):
    draft = walking.begin(client)
    for page in ("/apply/", draft, f"{draft}need/", f"{draft}check/"):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_a_draft_can_be_thrown_away(client):
    draft = walking.fill_in(client, walking.HOME)
    files = [document.file.name for document in Document.objects.all()]
    assert "不能恢复" in walking.text_of(client.get(f"{draft}discard/"))
    assert Application.objects.exists()

    with pytest.MonkeyPatch.context() as patch:
        run_at_once(patch)
        response = client.post(f"{draft}discard/", follow=True)

    assert "草稿已删除" in walking.text_of(response)
    assert not Application.objects.exists()
    assert not Applicant.objects.exists()
    assert not Document.objects.exists()
    assert not any(default_storage.exists(name) for name in files)


def run_at_once(patch: pytest.MonkeyPatch) -> None:
    """Let what waits for the commit happen now: this test's transaction never ends."""
    patch.setattr("django.db.transaction.on_commit", lambda act: act())


def test_twenty_drafts_are_enough(client):
    for _ in range(20):
        filing.start(by=cast.zhang(), at=cast.NOW)

    with pytest.raises(Refused, match="20份"):
        filing.start(by=cast.zhang(), at=cast.NOW)
    response = client.post("/apply/", {"key": str(uuid.uuid4())}, follow=True)
    assert "请先提交或删除" in walking.text_of(response)


def test_after_thirty_days_a_draft_is_gone_and_what_was_filed_stays(client):
    draft = walking.fill_in(client, walking.HOME)
    filed = walking.fill_in(client, walking.HOME)
    walking.press_submit(client, filed)
    now = walking.application_of(draft).created_at.astimezone(cast.SHANGHAI)
    said = walking.text_of(client.get(draft))
    assert f"{(now + timedelta(days=30)).day}日" in said

    with time_machine.travel(now + timedelta(days=29, hours=23)):
        purge_drafts()
    assert Application.objects.count() == 2

    with time_machine.travel(now + timedelta(days=30, minutes=5)):
        purge_drafts()
        purge_drafts()
    assert Application.objects.get() == walking.application_of(filed)
    assert Applicant.objects.count() == 1
    assert Document.objects.count() == 2


def test_the_thirty_days_begin_with_the_draft_whatever_the_machines_clock_says():
    draft = filing.start(by=cast.zhang(), at=cast.NOW)
    last = filing.keep_until(draft)
    assert last == cast.NOW + timedelta(days=30)
    assert filing.purge_drafts(at=last) == 0
    assert filing.purge_drafts(at=last + timedelta(seconds=1)) == 1
