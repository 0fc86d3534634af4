"""Events in, moments out: where a clock stands at a given moment, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from sla.engine.calendar import WorkCalendar
from sla.engine.history import History, PausedSpan
from sla.engine.ledger import DayEntry, day_ledger
from sla.engine.limits import CALENDAR_DAY, WORKING_DAY, Limit
from sla.engine.moments import Moment, in_shanghai
from sla.engine.scales import Scale, scale_of

State = Literal["running", "paused", "met", "missed", "cancelled"]


@dataclass(frozen=True)
class Reckoning:
    """Where a clock stands; days are Shanghai dates, `used` is in the limit's unit.

    `overdue_by` counts whole units beyond the limit: it is 0 on a rest day just after
    the due day, though the clock is overdue.
    """

    state: State
    limit: Limit
    started_at: datetime
    started_on: date
    due_on: date | None
    due_at: datetime | None
    warn_at: datetime | None
    stopped_at: datetime | None
    used: int
    remaining: int
    overdue: bool
    overdue_by: int
    provisional: bool
    paused_spans: tuple[PausedSpan, ...]
    as_of: datetime
    calendar: WorkCalendar = field(repr=False, compare=False)

    @cached_property
    def ledger(self) -> tuple[DayEntry, ...]:
        """Every date in (start, due]; while paused up to now; none for minutes.

        Made on first use: sweeps and recomputations never look at it.
        """
        if not self.limit.in_days:
            return ()
        return day_ledger(
            calendar=self.calendar,
            after=self.started_on,
            until=self.due_on or self.as_of.date(),
            paused_spans=self.paused_spans,
            every_day=self.limit.unit == CALENDAR_DAY,
        )


def reckon(
    limit: Limit, events: Sequence[Moment], calendar: WorkCalendar, at: datetime
) -> Reckoning:
    """Return where a clock stands at `at`; moments later than that are ignored.

    The start day is not counted; a day limit is kept until 24:00 Shanghai time of the
    due day. A pause takes whole dates: (pause day, resume day]. Raises BadHistory for a
    history that cannot be, CalendarRangeError beyond the calendar's years.
    """
    at = in_shanghai(at)
    history = History.read(limit, events, at)
    scale = scale_of(limit, calendar)
    limit = history.limit
    runs = _positions(history, scale)
    due = _used_up(limit.value * scale.grain, runs, scale, carry=True)
    due_at = None if due is None else scale.last_moment(due)
    due_on = None if due_at is None else due_at.date()
    stopped_at = history.ended.at if history.ended else None
    used = _used(runs, scale, until=scale.at(stopped_at or at))
    state = _state(history, due_at)
    overdue = state == "running" and due_at is not None and at > due_at
    late = overdue or state == "missed"
    started_on = history.started_at.date()
    return Reckoning(
        state=state,
        limit=limit,
        started_at=history.started_at,
        started_on=started_on,
        due_on=due_on,
        due_at=due_at,
        warn_at=_warn_at(limit, runs, scale),
        stopped_at=stopped_at,
        used=used,
        remaining=limit.value - used,
        overdue=overdue,
        overdue_by=max(0, used - limit.value) if late else 0,
        provisional=limit.unit == WORKING_DAY
        and not calendar.is_official(
            started_on, due_on or history.paused_spans[-1].start_on
        ),
        paused_spans=tuple(history.paused_spans),
        as_of=at,
        calendar=calendar,
    )


def _positions(history: History, scale: Scale) -> list[tuple[int, int | None]]:
    return [
        (scale.at(run.begin), None if run.end is None else scale.at(run.end))
        for run in history.runs
    ]


def _used_up(
    amount: int, runs: list[tuple[int, int | None]], scale: Scale, *, carry: bool
) -> int | None:
    """Return the position at which an amount is used up, None when it is not yet known.

    Reached before a pause, the position stays. Reached exactly where a pause begins,
    nothing is left to run: with `carry` it moves on to where the clock resumes.
    """
    for begin, end in runs:
        point = scale.after(begin, amount)
        if end is None or point < end or (point == end and not carry):
            return point
        amount -= scale.between(begin, end)
    return None


def _used(runs: list[tuple[int, int | None]], scale: Scale, *, until: int) -> int:
    spent = sum(
        scale.between(begin, until if end is None else end) for begin, end in runs
    )
    return spent // scale.grain


def _state(history: History, due_at: datetime | None) -> State:
    if history.ended is None:
        return "paused" if history.pauses else "running"
    if history.ended.kind == "cancel":
        return "cancelled"
    in_time = due_at is not None and history.ended.at <= due_at
    return "met" if in_time else "missed"


def _warn_at(
    limit: Limit, runs: list[tuple[int, int | None]], scale: Scale
) -> datetime | None:
    """Return when to warn: as the day opens, or for minutes when 80 % are used."""
    amount = limit.warn_after if limit.in_days else limit.value * scale.grain * 4 // 5
    point = _used_up(amount, runs, scale, carry=False)
    return None if point is None else scale.first_moment(point)
