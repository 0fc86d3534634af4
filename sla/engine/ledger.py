"""The day ledger: every date between start and due, and why it counts or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sla.engine.calendar import WorkCalendar
from sla.engine.days import PAUSED
from sla.engine.history import PausedSpan


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One date of the ledger."""

    date: date
    verdict: str
    counted: bool
    note: str


def day_ledger(
    *,
    calendar: WorkCalendar,
    after: date,
    until: date,
    paused_spans: Sequence[PausedSpan],
    every_day: bool,
) -> tuple[DayEntry, ...]:
    """Return an entry per date in (after, until]; `every_day` counts rest days too."""
    paused = _paused_days(paused_spans, until.toordinal())
    entries = []
    for ordinal in range(after.toordinal() + 1, until.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if ordinal in paused:
            entries.append(DayEntry(day, PAUSED, False, paused[ordinal]))
            continue
        verdict = calendar.verdict(day)
        counted = every_day or verdict.workday
        entries.append(DayEntry(day, verdict.label, counted, verdict.note))
    return tuple(entries)


def _paused_days(spans: Sequence[PausedSpan], last: int) -> dict[int, str]:
    """Return the reason for each paused date, by ordinal: (pause day, resume day]."""
    paused = {}
    for span in spans:
        end = last if span.end_on is None else min(last, span.end_on.toordinal())
        for ordinal in range(span.start_on.toordinal() + 1, end + 1):
            paused[ordinal] = span.reason
    return paused
