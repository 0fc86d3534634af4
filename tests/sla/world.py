"""Moments and clocks for the tests of this floor, made through the real services."""

import itertools
from datetime import date, datetime
from typing import Any

from sla.engine import SHANGHAI
from sla.models import CalendarNotice, Clock, ClockEvent
from sla.services import calendars, clocks

HEPING, TIANJIN, JINING, HANGZHOU, LINYI = (
    "120101",
    "120000",
    "370800",
    "330100",
    "371300",
)
BY = "T0012 王工"
_numbers = itertools.count(1)


def at(text: str, time: str = "09:00") -> datetime:
    """Return a Shanghai moment: ``at("2026-09-30")``."""
    return datetime.fromisoformat(f"{text}T{time}").replace(tzinfo=SHANGHAI)


def number() -> str:
    """Return a reference nobody has yet."""
    return f"BD{next(_numbers):08d}"


def started(
    day: str = "2026-09-01",
    time: str = "09:00",
    *,
    stage: str = "plan_reply",
    user_type: str = "high_voltage_single",
    region: str = HEPING,
    kind: str = "stage",
    reference: str = "",
    **more: Any,
) -> Clock:
    """Start clocks and return the national one; 高压单电源 plan reply has 10 days."""
    opened = clocks.start(
        kind=kind,
        reference=reference or number(),
        region=region,
        user_type=user_type,
        stage=stage,
        at=at(day, time),
        by=BY,
        **more,
    )
    return opened[0]


def act(verb: str, clock: Clock, day: str, time: str = "09:00", **more: Any) -> Clock:
    """Pause, resume, stop or cancel the case of a clock, and read the clock again."""
    if verb == "pause":
        more.setdefault("reason", "等待客户")
    getattr(clocks, verb)(reference=clock.reference, at=at(day, time), by=BY, **more)
    clock.refresh_from_db()
    return clock


def kinds(clock: Clock) -> list[str]:
    """Return what happened to a clock, in order."""
    return list(clock.events.order_by("seq").values_list("kind", flat=True))


def ledger_of(clock: Clock) -> list[tuple[Any, ...]]:
    """Return a ledger without the times of writing: what must not depend on luck."""
    return list(
        ClockEvent.objects.filter(clock=clock)
        .order_by("seq")
        .values_list("seq", "kind", "at", "reason", "by", "value")
    )


def notice(
    days: dict[str, bool],
    *,
    until: str | None = None,
    published: str = "2026-11-04",
    region: str = "100000",
    name: str = "临时安排",
) -> CalendarNotice:
    """Enter a notice: {date: worked?}."""
    return calendars.record(
        region=region,
        title="国务院办公厅关于部分节假日安排的通知",
        source="国办发明电〔2026〕9号",
        published_on=date.fromisoformat(published),
        covered_until=date.fromisoformat(until) if until else None,
        days={date.fromisoformat(day): (work, name) for day, work in days.items()},
        by=BY,
    )
