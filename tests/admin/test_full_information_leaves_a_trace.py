"""What is masked is shown in full only after a reason, and the reading is on record."""

from datetime import timedelta

import time_machine

from applications.models import Application, Event
from applications.selectors import progress
from applications.services import privacy
from tests import cast
from tests.admin import desk

FULL = ("张建国", "11010519491231002X", "+8613800000001")


def ask(person: object, application: Application, reason: str) -> object:
    """Press 显示完整信息."""
    client = desk.sign_in(person)  # type: ignore[arg-type]
    url = f"/admin/applications/application/{application.pk}/reveal/"
    return client.post(url, {"reason": reason})


def test_a_reason_opens_it_once() -> None:
    application = cast.submitted()
    page = desk.text(ask(cast.wang(), application, "核对身份证原件"))
    assert all(secret in page for secret in FULL)
    event = Event.objects.get(action="reveal")
    assert (event.by, event.note) == (cast.wang(), "核对身份证原件")
    assert event.before == event.after == application.status
    again = desk.text(desk.sign_in(cast.wang()).get(desk.ticket_url(application)))
    assert not any(secret in again for secret in FULL)


def test_without_a_reason_it_stays_masked() -> None:
    application = cast.submitted()
    page = desk.text(ask(cast.wang(), application, "   "))
    assert not any(secret in page for secret in FULL)
    assert not Event.objects.filter(action="reveal").exists()


def test_reading_does_not_take_the_ticket() -> None:
    application = cast.submitted()
    ask(cast.wang(), application, "核对身份证原件")
    application.refresh_from_db()
    assert application.manager is None


def test_who_only_looks_is_refused() -> None:
    application = cast.submitted()
    for person in (cast.liu(), cast.sun()):
        response = ask(person, application, "例行检查")
        assert response.status_code == 403  # type: ignore[attr-defined]
        assert not any(secret in desk.text(response) for secret in FULL)


def test_a_get_opens_nothing() -> None:
    application = cast.submitted()
    url = f"/admin/applications/application/{application.pk}/reveal/"
    assert desk.sign_in(cast.wang()).get(url).status_code == 405


def test_thirty_readings_an_hour_are_enough() -> None:
    application = cast.submitted()
    for _ in range(privacy.MOST_AN_HOUR):
        privacy.reveal(application, by=cast.wang(), at=cast.NOW, reason="核对")
    refused = ask(cast.wang(), application, "再看一次")
    assert refused.status_code == 403  # type: ignore[attr-defined]
    assert "请稍后再试" in desk.text(refused)
    with time_machine.travel(cast.NOW + timedelta(hours=1, seconds=1)):
        page = desk.text(ask(cast.wang(), application, "再看一次"))
    assert FULL[1] in page


def test_the_applicant_is_not_troubled_with_it() -> None:
    application = cast.submitted()
    privacy.reveal(application, by=cast.wang(), at=cast.NOW, reason="核对身份证原件")
    told = progress.read(application, at=cast.NOW, viewer=cast.zhang())
    assert all(node.action != "reveal" for node in told.timeline)
