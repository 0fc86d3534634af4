"""Many at once: shown first, done one by one, each ticket with its own answer."""

from typing import Any

import pytest

from applications.models import Event
from applications.services import casework
from tests import cast
from tests.admin import desk

CLAIM = "/admin/applications/application/bulk/claim/"
ASSIGN = "/admin/applications/application/bulk/assign/"


def test_a_look_first_changes_nothing() -> None:
    free, taken = cast.submitted(), cast.submitted()
    casework.assign(taken, by=cast.zhao(), at=cast.NOW, manager=cast.zhao())
    client = desk.sign_in(cast.wang())
    page = desk.text(client.post(CLAIM, {"pk": [free.pk, taken.pk]}))
    assert "选了 2 件，其中 1 件可以办理" in page
    assert "已有客户经理负责" in page
    free.refresh_from_db()
    assert free.manager is None


def test_confirmed_each_ticket_gets_its_result() -> None:
    tickets = [cast.submitted() for _ in range(3)]
    client = desk.sign_in(cast.wang())
    casework.assign(tickets[2], by=cast.zhao(), at=cast.NOW, manager=cast.zhao())
    answers: dict[str, Any] = {"pk": [t.pk for t in tickets], "confirm": "yes"}
    page = desk.text(client.post(CLAIM, answers))
    assert "办理了 2 件，共 3 件" in page
    assert "没有办理" in page
    for ticket, manager in zip(tickets, ["王工", "王工", "赵班长"], strict=True):
        ticket.refresh_from_db()
        assert ticket.manager is not None
        assert ticket.manager.display_name == manager


def test_a_ticket_that_changed_since_the_look_is_left() -> None:
    ticket = cast.submitted()
    seen = ticket.last_seq
    casework.note(ticket, by=cast.zhao(), at=cast.NOW, text="已联系")
    answers = {"pk": [ticket.pk], f"seen-{ticket.pk}": seen, "confirm": "yes"}
    page = desk.text(desk.sign_in(cast.wang()).post(CLAIM, answers))
    assert "刚刚由T0001 赵班长办理了" in page
    assert Event.objects.filter(action="claim").count() == 0


@pytest.mark.parametrize("key", ["²", "9" * 5000, "x"])
def test_keys_that_are_none_are_left_aside(key: str) -> None:
    ticket = cast.submitted()
    client = desk.sign_in(cast.zhao())
    nothing = client.post(CLAIM, {"pk": [key], "confirm": "yes"})
    assert "没有勾选任何申请" in desk.text(nothing)
    nobody = {"pk": [ticket.pk], "confirm": "yes", "manager": key}
    assert "请选择一位客户经理" in desk.text(client.post(ASSIGN, nobody))
    unseen = {"pk": [ticket.pk], "confirm": "yes", f"seen-{ticket.pk}": key}
    assert "请看过最新情况再办理" in desk.text(client.post(CLAIM, unseen))


def test_a_supervisor_assigns_many_to_one() -> None:
    here, there = cast.submitted(), cast.submitted(region=cast.HEPING)
    wang, client = cast.wang(), desk.sign_in(cast.zhao())
    look = desk.text(client.post(ASSIGN, {"pk": [here.pk, there.pk]}))
    assert "王工" in look
    unnamed = {"pk": [here.pk, there.pk], "confirm": "yes", "manager": ""}
    assert "请选择一位客户经理" in desk.text(client.post(ASSIGN, unnamed))
    answers = unnamed | {"manager": str(wang.pk)}
    page = desk.text(client.post(ASSIGN, answers))
    assert "办理了 1 件，共 2 件" in page
    assert "该客户经理不负责申请所在的区" in page
    here.refresh_from_db()
    assert here.manager == wang


def test_managers_do_not_assign_and_who_looks_claims_nothing() -> None:
    ticket = cast.submitted()
    answers = {"pk": [ticket.pk], "confirm": "yes", "manager": str(cast.wang().pk)}
    for person, url in (
        (cast.wang(), ASSIGN),
        (cast.liu(), CLAIM),
        (cast.sun(), CLAIM),
    ):
        page = desk.text(desk.sign_in(person).post(url, answers))
        assert "没有办理" in page or "请选择一位" in page
    ticket.refresh_from_db()
    assert ticket.manager is None


def test_nothing_ticked_is_said_and_other_acts_have_no_bulk() -> None:
    client = desk.sign_in(cast.wang())
    assert "没有勾选任何申请" in desk.text(client.post(CLAIM))
    assert "没有勾选任何申请" in desk.text(client.post(CLAIM, {"pk": "x"}))
    assert client.get(CLAIM).status_code == 405
    other = CLAIM.replace("claim", "refuse")
    assert client.post(other, {"pk": "1"}).status_code == 404
