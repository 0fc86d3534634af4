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
    entries = []
    for ordinal in range(after.toordinal() + 1, until.toordinal() + 1):
        day = date.fromordinal(ordinal)
        span = _span_over(day, paused_spans)
        if span is not None:
            entries.append(DayEntry(day, PAUSED, False, span.reason))
            continue
        verdict = calendar.verdict(day)
        counted = every_day or verdict.workday
        entries.append(DayEntry(day, verdict.label, counted, verdict.note))
    return tuple(entries)


def _span_over(day: date, spans: Sequence[PausedSpan]) -> PausedSpan | None:
    for span in spans:
        if span.start_on < day and (span.end_on is None or day <= span.end_on):
            return span
    return None
