"""A release of the library that knows another year leaves closed clocks alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from sla import tasks
from sla.engine import DayRule, knowledge
from sla.models import CalendarEdition, Clock
from sla.services import calendars, invariants, reckonings, recompute, rulebook
from tests.sla.world import BY, act, at, notice, started

pytestmark = pytest.mark.usefixtures("laws")

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"
# A Monday off, and the Saturday worked for it.
LEARNT = (
    DayRule(date(2027, 1, 4), False, SOURCE, "元旦"),
    DayRule(date(2027, 1, 9), True, SOURCE, "元旦"),
)
NOW = at("2027-02-01")


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Give what installs the next release, which knows the days off of 2027.

    What the release before knew had been kept, as it is within its first hour.
    """

    def forget() -> None:
        rulebook._books.clear()
        calendars.edition.cache_clear()

    def install() -> None:
        calendars.keep_library()
        now = knowledge()
        learnt = replace(
            now,
            rules=now.rules | {rule.date: rule for rule in LEARNT},
            official_until=date(2027, 12, 31),
        )
        monkeypatch.setattr(rulebook, "LIBRARY", "999.0")
        for module in ("sla.engine.calendar", "sla.services.calendars"):
            monkeypatch.setattr(f"{module}.knowledge", lambda: learnt)
        forget()

    yield install
    monkeypatch.undo()
    forget()


def told(clock: Clock) -> object:
    """Return everything that a page says of a clock."""
    return reckonings.explain(Clock.objects.get(pk=clock.pk), at=NOW)


def broken() -> dict[str, list[str]]:
    """Return the promises that do not hold."""
    return {i.name: i.broken for i in invariants.invariants(NOW) if i.broken}


def test_a_closed_clock_is_explained_by_the_calendar_of_its_day(
    upgrade: Callable[[], None],
) -> None:
    closed = act("stop", started("2026-12-28"), "2027-01-12")
    before = told(closed)
    upgrade()
    recompute.run(at=NOW, by=BY)
    assert told(closed) == before
    assert broken() == {}


def test_so_is_one_that_a_notice_had_a_part_in(upgrade: Callable[[], None]) -> None:
    notice({"2026-12-30": False})
    closed = act("stop", started("2026-12-28"), "2027-01-12")
    before = told(closed)
    upgrade()
    assert told(closed) == before
    assert broken() == {}


def test_an_open_clock_follows_what_is_known_now(upgrade: Callable[[], None]) -> None:
    clock = started("2026-12-28")
    assert clock.provisional
    upgrade()
    recompute.run(at=at("2026-12-29"), by=BY)
    clock.refresh_from_db()
    assert (clock.calendar_version, clock.provisional) == ("999.0", False)
    assert broken() == {}


def test_what_a_library_knows_is_kept_within_the_hour() -> None:
    assert not CalendarEdition.objects.exists()
    tasks.recompute_clocks()
    kept = CalendarEdition.objects.get(pk=rulebook.LIBRARY)
    assert kept.covered_until == knowledge().official_until
    assert len(kept.rules) == len(knowledge().rules)


def test_a_release_nobody_kept_is_named(upgrade: Callable[[], None]) -> None:
    closed = act("stop", started("2026-12-28"), "2027-01-12")
    upgrade()
    CalendarEdition.objects.all().delete()
    assert f"找不到日历版本 {closed.calendar_version}" in broken()["clock-cache"][0]
