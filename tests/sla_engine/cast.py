"""The words in which the engine's tests speak."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

from sla.engine import SHANGHAI, Limit, Moment, PausedSpan, WorkCalendar

ONE_DAY = timedelta(days=1)


@cache
def national() -> WorkCalendar:
    """Return the calendar of the country without any rows."""
    return WorkCalendar.build("CN")


def day(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)


def when(text: str) -> datetime:
    """Return a moment of Shanghai, at nine in the morning unless it says so."""
    at = datetime.fromisoformat(text if "T" in text else f"{text}T09:00")
    return at.replace(tzinfo=SHANGHAI)


def started(text: str, *others: tuple[str, str] | tuple[str, str, str]) -> list[Moment]:
    """Return a history: the start, then (kind, when[, reason]) each."""
    return [
        Moment(when(text), "start"),
        *(Moment(when(act[1]), act[0], "".join(act[2:])) for act in others),
    ]


def working_days(value: int) -> Limit:
    """Return a limit of working days."""
    return Limit(value, "working_day")


def walked_due(
    limit: int,
    start: date,
    spans: tuple[PausedSpan, ...],
    is_workday: Callable[[date], bool],
) -> date | None:
    """Find a due day the slow way: walk the dates one by one, as a clerk would.

    None when it depends on a pause that is still open.
    """
    at, counted = start, 0
    while counted < limit:
        at += ONE_DAY
        over = [
            s for s in spans if s.start_on < at and (not s.end_on or at <= s.end_on)
        ]
        if any(span.end_on is None for span in over):
            return None
        counted += not over and is_workday(at)
    moved = True
    while moved:
        moved = False
        for span in spans:
            if span.start_on == at and span.end_on != at:
                if span.end_on is None:
                    return None
                at, moved = span.end_on, True
    return at
