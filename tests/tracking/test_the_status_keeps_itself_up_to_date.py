"""The status block asks again every minute; the page works without it."""

import pytest
from django.test import Client

from applications.lifecycle import Status
from tests import cast
from tests.cast import at
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


def test_it_asks_every_minute_while_the_application_is_open() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(page_of(application))
    html = page.content.decode()
    assert f'hx-get="{page_of(application)}status/?seen=2"' in html
    assert 'hx-trigger="every 60s"' in html


def test_it_stops_when_all_is_done() -> None:
    application = cast.walk(Status.ARCHIVED)
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(page_of(application))
    assert "hx-get" not in page.content.decode()


def test_the_answer_is_the_block_alone_with_today_s_days() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-11-06"))
    client = browser_of(application.filed_by)
    with on(at("2026-11-09")):
        answer = client.get(f"{page_of(application)}status/?seen=2")
    assert "<html" not in answer.content.decode()
    assert "还剩 9 个工作日，11月20日（周五）前答复" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_something_new_renews_the_whole_page() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        answer = client.get(f"{page_of(application)}status/?seen=1")
    assert answer["HX-Refresh"] == "true"


def test_a_lost_session_swaps_nothing_in() -> None:
    application = cast.submitted()
    answer = Client().get(f"{page_of(application)}status/?seen=1")
    assert (answer.status_code, answer.content) == (401, b"")


def test_nothing_personal_is_kept_by_anybody_on_the_way() -> None:
    application = cast.submitted()
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        for page in ("", "papers/", "withdraw/"):
            answer = client.get(f"{page_of(application)}{page}")
            assert "no-store" in answer["Cache-Control"]
            assert "private" in answer["Cache-Control"]
