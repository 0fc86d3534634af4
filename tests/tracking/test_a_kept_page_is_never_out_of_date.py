"""The page's content is kept between visits, until anything it shows has changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.lifecycle import Status
from applications.models import Application
from applications.services import acceptance, casework, documents
from sla.services import clocks
from tests import cast
from tests.cast import at
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> Application:
    return cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-11-06"))


def visit(client: Client, application: Application, day: str = "2026-11-09") -> str:
    with on(at(day)):
        return text_of(client.get(page_of(application)))


def test_a_second_visit_reads_its_mark_and_nothing_else(accepted: Application) -> None:
    client = browser_of(accepted.filed_by)
    first = visit(client, accepted)
    with CaptureQueriesContext(connection) as seen:
        assert visit(client, accepted) == first
    # Session, person, unread messages, and the mark.
    assert len(seen) == 4
    assert not any("sla_clockevent" in query["sql"] for query in seen)


def test_a_new_day_counts_anew(accepted: Application) -> None:
    client = browser_of(accepted.filed_by)
    assert "还剩 9 个工作日" in visit(client, accepted, "2026-11-09")
    assert "还剩 8 个工作日" in visit(client, accepted, "2026-11-10")


def _act(application: Application) -> None:
    casework.wait_for_permit(
        application, by=cast.wang(), at=at("2026-11-09"), authority="城市管理委"
    )


def _paper(application: Application) -> None:
    documents.add(
        application,
        kind="site_photo",
        upload=cast.paper(),
        by=application.filed_by,
        at=at("2026-11-09"),
    )


def _clock(application: Application) -> None:
    clocks.mark_exempt(
        reference=str(application.number),
        at=at("2026-11-09"),
        by="系统",
        reason="电网升级",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [(_act, "转行政审批"), (_paper, "现场照片"), (_clock, "受限已报备")],
)
def test_whatever_changes_is_seen_at_once(
    change: Callable[[Application], Any], told: str
) -> None:
    application = cast.submitted(cast.SCHOOL, moment=at("2026-11-06"))
    acceptance.accept(
        application,
        by=cast.wang(),
        at=at("2026-11-06"),
        survey=acceptance.Survey(external_line=True),
    )
    client = browser_of(application.filed_by)
    assert told not in visit(client, application)
    change(application)
    assert told in visit(client, application)


def test_what_is_kept_for_staff_is_not_shown_to_the_applicant(
    accepted: Application,
) -> None:
    casework.note(accepted, by=cast.wang(), at=at("2026-11-06"), text="客户难缠")
    assert "客户难缠" in visit(browser_of(cast.wang()), accepted)
    assert "客户难缠" not in visit(browser_of(accepted.filed_by), accepted)


def test_what_is_kept_is_shown_to_nobody_else(accepted: Application) -> None:
    visit(browser_of(accepted.filed_by), accepted)
    with on(at("2026-11-09")):
        for stranger in (cast.zhang(), cast.li()):
            assert browser_of(stranger).get(page_of(accepted)).status_code == 404
