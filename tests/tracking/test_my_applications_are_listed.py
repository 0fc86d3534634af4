"""我的申请: what waits for me first, then what runs, then what is over."""

import pytest
from django.test import Client

from applications.lifecycle import Status
from applications.services import connecting
from tests import cast
from tests.tracking.visits import browser_of, on, text_of

pytestmark = pytest.mark.django_db


def test_nothing_yet_says_what_to_do() -> None:
    with on(cast.NOW):
        page = browser_of(cast.zhang()).get("/applications/")
    assert "您还没有申请" in text_of(page)
    assert 'href="/apply/"' in page.content.decode()


def test_a_visitor_is_led_to_sign_in() -> None:
    assert Client().get("/applications/")["Location"] == (
        "/sign-in/?next=/applications/"
    )


def test_what_waits_for_me_comes_first() -> None:
    over = cast.submitted()
    connecting.withdraw(over, by=over.filed_by, at=cast.NOW, reason="不装了")
    yours = cast.walk(Status.PLAN_REPLIED)
    running = cast.submitted()
    with on(cast.NOW):
        page = browser_of(cast.zhang()).get("/applications/")
    lines = [line.application.pk for line in page.context["lines"]]
    assert lines == [yours.pk, running.pk, over.pk]
    said = text_of(page)
    assert said.index("等您办理") < said.index("正在办理") < said.index("已经办结")
    assert "还剩 5 个工作日" in said


def test_drafts_stand_apart_and_lead_back_to_the_form() -> None:
    draft = cast.drafted()
    with on(cast.NOW):
        page = browser_of(cast.zhang()).get("/applications/")
    assert "还没提交的草稿" in text_of(page)
    assert f"/apply/{draft.submission_key}/" in page.content.decode()


def test_others_applications_are_not_mine() -> None:
    cast.submitted(cast.SHOP)
    cast.drafted(cast.SHOP)
    for person in (cast.zhang(), cast.wang(), cast.liu()):
        with on(cast.NOW):
            page = browser_of(person).get("/applications/")
        assert page.context["count"] == 0
        assert "您还没有申请" in text_of(page)


def test_several_applications_are_told_apart_by_their_address() -> None:
    cast.submitted()
    with on(cast.NOW):
        said = text_of(browser_of(cast.zhang()).get("/applications/"))
    assert "河西区友谊路12号3门401" in said


def test_many_are_paged() -> None:
    for _ in range(21):
        cast.submitted()
    with on(cast.NOW):
        client = browser_of(cast.zhang())
        first, second = (client.get(f"/applications/?page={n}") for n in (1, 2))
    assert len(first.context["lines"]) == 20
    assert len(second.context["lines"]) == 1
    assert "第 2 页，共 2 页" in text_of(second)
