"""Who files agrees to a sentence; the history keeps the one that was shown."""

import pytest
from django.test import Client

from applications import catalogue
from applications.models import Application
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


def sentence() -> str:
    return str(catalogue.read("consent")["text"])


def agreed(application: Application) -> str:
    return str(application.events.get(action="submit").payload["consent"])


def test_the_sentence_beside_the_button_is_the_one_on_record():
    client = walking.browser_of(cast.chen())
    draft = walking.fill_in(client, walking.SHOP)
    assert sentence() in walking.text_of(client.get(f"{draft}check/"))

    walking.press_submit(client, draft)

    assert agreed(walking.application_of(draft)) == sentence()


def test_another_wording_changes_nothing_of_what_was_agreed_to(monkeypatch):
    cast.laws()
    before = cast.submitted()
    then = sentence()
    monkeypatch.setitem(catalogue.read("consent"), "text", "新的说法。")

    after = cast.submitted()

    assert (agreed(before), agreed(after)) == (then, "新的说法。")


def test_programs_are_told_what_submitting_says():
    told = Client().get("/api/schema/", headers={"Accept": "application/json"})
    assert sentence() in str(told.json())
