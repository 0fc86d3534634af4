"""A ticket shows its road, every limit day by day, and whether its records hold."""

import pytest
from django.db import connection
from django.test import Client

from applications.models import Application, Event
from applications.selectors import chain
from applications.services import acceptance
from applications.services.history import LateEntry
from sla.models import Clock
from tests import cast
from tests.supervision import world


def page(client: Client, case: Application) -> str:
    response = client.get(f"/board/tickets/{case.number}/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_clock_is_explained_day_by_day(
    city: dict[str, Application], regulator: Client
) -> None:
    case = city["factory done"]
    text = page(regulator, case)
    clocks = Clock.objects.of(str(case.number)).count()
    assert clocks > 4
    assert text.count('class="explained') == clocks + 1  # and the list around them
    assert text.count("为什么是这一天") == clocks
    assert text.count('class="ledger"') == clocks
    assert "附件2" in text
    assert "周末" in text


def test_a_step_that_was_late_is_named_at_the_top(
    city: dict[str, Application], regulator: Client
) -> None:
    late = {
        name: page(regulator, case).partition("超过国家时限的环节：")[2][:12]
        for name, case in city.items()
        if case.number
    }
    assert late["factory paused late"].startswith("业务受理。")
    assert late["home fresh"] == ""
    assert late["factory exempt"] == ""


@pytest.mark.parametrize(
    "name", ["factory exempt", "factory paused late", "home withdrawn", "home fresh"]
)
def test_any_case_can_be_read(
    city: dict[str, Application], regulator: Client, name: str
) -> None:
    text = page(regulator, city[name])
    assert ("受限已报备" in text) is (name == "factory exempt")
    assert "记录链完整" in text


def test_people_are_masked_and_staff_named_by_number(
    city: dict[str, Application], regulator: Client
) -> None:
    text = page(regulator, city["home over"])
    assert "张**" in text
    assert "T0012" in text
    for secret in ("张建国", "13800000001", "11010519491231002X", "12号"):
        assert secret not in text


def test_a_late_entry_is_flagged(
    city: dict[str, Application], regulator: Client
) -> None:
    case = city["home fresh"]
    late = LateEntry(
        happened_at=cast.at("2026-08-18", "10:00"),
        reason="系统维护",
        witness=cast.zhao(),
    )
    acceptance.accept(
        case, by=cast.li(), at=world.NOW, survey=acceptance.Survey(), late=late
    )
    text = page(regulator, case)
    assert "补录 1 条" in text
    assert "系统维护" in text


def guard_off() -> None:
    """Do what only somebody with the database's own keys could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE applications_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS applications_event_unchanged")
            cursor.execute("DROP TRIGGER IF EXISTS applications_event_kept")


def test_a_changed_record_shows(
    city: dict[str, Application], regulator: Client
) -> None:
    case = city["factory done"]
    assert "记录链有断裂" not in page(regulator, case)
    guard_off()
    Event.objects.filter(application=case, seq=2).update(at=cast.at("2026-06-01"))
    text = page(regulator, case)
    assert "记录链有断裂" in text
    assert "不符" in text


def test_a_record_cut_off_at_the_end_shows(city: dict[str, Application]) -> None:
    case = city["factory done"]
    links = chain.links(case.events.order_by("seq"))
    assert chain.is_whole(case, links)
    assert not chain.is_whole(case, links[:-1])
    assert not chain.is_whole(case, [])


def test_a_number_nobody_has_is_not_found(regulator: Client) -> None:
    assert regulator.get("/board/tickets/BD-0000/").status_code == 404
