"""An independent answer to "how often was it cut", over plain records.

Knows neither the tables nor the code it checks; only what the rules say: at most 3 in
60 consecutive days, at most 5 in 365; the calendar year is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
COUNTED_KINDS = {"planned", "temporary", "fault", "rationing"}


@dataclass
class Record:
    """One outage as somebody would write it down."""

    began_at: datetime
    kind: str
    areas: set[str]
    lines: set[str]
    excluded: bool = False

    @property
    def day(self) -> date:
        return self.began_at.astimezone(BEIJING).date()


def counted_days(records: Iterable[Record], part: str) -> list[date]:
    """Return the day of every outage that counts against a part."""
    return [
        record.day
        for record in records
        if part in record.areas | record.lines
        and record.kind in COUNTED_KINDS
        and not record.excluded
    ]


def counts(days: list[date], on: date) -> dict[str, int]:
    """Count the days so far by how long ago they were: today is 0 days ago."""
    ago = [(on - day).days for day in days if day <= on]
    return {
        "in_60_days": sum(1 for passed in ago if passed <= 59),
        "in_365_days": sum(1 for passed in ago if passed <= 364),
        "in_this_year": sum(1 for day in days if day.year == on.year and day <= on),
    }


def verdict(found: dict[str, int]) -> str:
    """Judge counts as the plan does: more than 3, more than 5; exactly that is near."""
    sixty, year = found["in_60_days"], found["in_365_days"]
    if sixty > 3 or year > 5:
        return "exceeded"
    return "near" if sixty == 3 or year == 5 else "calm"


def ever_exceeded(days: list[date], until: date) -> bool:
    """Tell whether any day so far saw a part over a limit."""
    first = min(days, default=until)
    span = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    return any(verdict(counts(days, day)) == "exceeded" for day in span)
