"""The figures of the workbench are the lengths of the lists behind them."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import queues
from applications.services import acceptance, casework, planning
from portal.accounts.models import User
from tests import cast
from tests.admin import desk

MONDAY = cast.at("2026-09-07")


def listed(client: Client, queue: str) -> set[str]:
    """Return the numbers that the list of a queue shows."""
    page = desk.text(client.get("/admin/applications/application/", {"queue": queue}))
    return set(re.findall(r"BD(?:-\w{4}){3}-\w", page))


def some_of_everything() -> dict[str, Application]:
    """File on 1 September and leave each application at another point."""
    acceptance_open = cast.submitted(cast.FACTORY)
    returned = cast.submitted(cast.SCHOOL)
    acceptance.return_for_supplement(
        returned, by=cast.wang(), at=cast.NOW, missing=["property"]
    )
    line = cast.walk(
        Status.ACCEPTED,
        cast.SHOP,
        survey=acceptance.Survey(external_line=True),
    )
    casework.wait_for_permit(
        line, by=cast.wang(), at=cast.NOW, authority="河西区城市管理委员会"
    )
    objected = cast.walk(Status.PLAN_REPLIED, cast.HOSPITAL)
    planning.object_plan(
        objected, by=objected.filed_by, at=cast.NOW, reason="请增加一路电源"
    )
    return {
        "unclaimed": acceptance_open,
        "returned": returned,
        "permit": line,
        "to_review": objected,
        "plan": cast.walk(Status.ACCEPTED, cast.SCHOOL, moment=cast.at("2026-08-31")),
        "archived": cast.walk(Status.ARCHIVED),
        "elsewhere": cast.submitted(region=cast.HEPING),
    }


def names(found: dict[str, Application], *keys: str) -> set[str | None]:
    """Return the numbers of some of them."""
    return {found[key].number for key in keys}


def counted(by: User, at: datetime) -> dict[str, int]:
    """Return the figures of the workbench."""
    return queues.counts(by=by, at=at)


@pytest.mark.parametrize("moment", [cast.NOW, cast.at("2026-09-02"), MONDAY])
@pytest.mark.parametrize("person", [cast.wang, cast.li, cast.zhao, cast.liu])
def test_each_figure_is_the_length_of_its_list(
    moment: datetime, person: Callable[[], User]
) -> None:
    some_of_everything()
    by = person()
    for name, count in counted(by, moment).items():
        rows = queues.in_queue(name, by=by, at=moment)
        assert count == rows.count() == rows.distinct().count(), name


def test_each_queue_holds_what_it_says() -> None:
    found = some_of_everything()
    client = desk.sign_in(cast.wang())
    assert listed(client, "unclaimed") == names(found, "unclaimed")
    assert listed(client, "returned") == names(found, "returned")
    assert listed(client, "permit") == names(found, "permit")
    assert listed(client, "to_review") == names(found, "to_review")
    assert listed(client, "mine") == names(
        found, "returned", "permit", "to_review", "plan"
    )
    assert listed(client, "my_turn") == names(found, "to_review", "plan")
    assert listed(client, "open") == names(
        found, "unclaimed", "returned", "permit", "to_review", "plan"
    )


def test_what_is_due_today_is_overdue_from_midnight_on() -> None:
    factory = cast.submitted(cast.FACTORY)  # 业务受理: one working day
    wang = cast.wang()
    last = cast.at("2026-09-02", "23:59")
    midnight = cast.at("2026-09-03", "00:00")
    assert list(queues.in_queue("due_today", by=wang, at=last)) == [factory]
    assert not queues.in_queue("overdue", by=wang, at=last)
    assert not queues.in_queue("due_today", by=wang, at=midnight)
    assert list(queues.in_queue("overdue", by=wang, at=midnight)) == [factory]


def test_a_paused_ticket_is_neither_due_nor_overdue() -> None:
    found = some_of_everything()
    overdue = queues.in_queue("overdue", by=cast.wang(), at=MONDAY)
    assert found["returned"] not in overdue
    assert found["unclaimed"] in overdue


def test_the_most_urgent_come_first_and_colleagues_tickets_stay_away() -> None:
    found = some_of_everything()
    theirs = cast.submitted(cast.FACTORY)
    casework.assign(theirs, by=cast.zhao(), at=cast.NOW, manager=cast.zhao())
    urgent = queues.urgent(by=cast.wang(), at=cast.NOW, most=2)
    assert [t.application for t in urgent] == [found["unclaimed"], found["plan"]]
    every = queues.urgent(by=cast.wang(), at=cast.NOW, most=25)
    moments = [ticket.deadline.due_at for ticket in every]
    assert moments == sorted(moments, key=lambda at: at or MONDAY)
    assert theirs not in [ticket.application for ticket in every]
    for person in (cast.zhao(), cast.liu()):
        seen = queues.urgent(by=person, at=cast.NOW, most=25)
        assert theirs in [ticket.application for ticket in seen]


def test_who_only_looks_has_no_queue_of_their_own() -> None:
    assert {q.name for q in queues.offered_to(cast.liu())} == {
        "unclaimed",
        "due_today",
        "overdue",
        "returned",
        "permit",
        "open",
    }


def test_the_workbench_shows_figures_and_deadlines_in_words() -> None:
    cast.submitted(cast.FACTORY)
    page = desk.text(desk.sign_in(cast.wang()).get("/admin/"))
    assert "未认领" in page
    assert "还剩 1 个工作日，9月2日（周三）前答复是否受理" in page
    assert "天津海河食品有限公司" in page


def test_filters_narrow_the_list_and_nonsense_is_left_aside() -> None:
    found = some_of_everything()
    client = desk.sign_in(cast.zhao())

    def shown(**query: str) -> set[str]:
        page = desk.text(client.get("/admin/applications/application/", query))
        return set(re.findall(r"BD(?:-\w{4}){3}-\w", page))

    assert shown(region=cast.HEPING) == names(found, "elsewhere")
    assert shown(status="returned") == names(found, "returned")
    assert shown(user_type="high_voltage_single") == names(found, "unclaimed")
    assert shown(manager=str(cast.wang().pk)) == names(
        found, "returned", "permit", "to_review", "plan"
    )
    assert shown(queue="all", status="archived") == names(found, "archived")
    everything = shown(queue="open")
    assert shown(status="'; DROP", queue="nonsense", o="-1", page="x") == everything
    assert shown(applicant__id_index__startswith="a") == everything


def test_operators_hear_that_the_calendar_ends() -> None:
    client = desk.sign_in(cast.sun())
    alarm = "官方放假安排只到"
    assert alarm not in desk.text(client.get("/admin/"))
    with time_machine.travel(cast.at("2026-12-01")):
        assert alarm in desk.text(desk.sign_in(cast.sun()).get("/admin/"))
        assert alarm not in desk.text(desk.sign_in(cast.wang()).get("/admin/"))
