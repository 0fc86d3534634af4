"""Events in, moments out: where a clock stands at a given moment, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from sla.engine.calendar import WorkCalendar
from sla.engine.course import Course
from sla.engine.history import History, PausedSpan
from sla.engine.ledger import DayEntry, day_ledger
from sla.engine.limits import CALENDAR_DAY, WORKING_DAY, Limit
from sla.engine.moments import Moment, in_shanghai

State = Literal["running", "paused", "met", "missed", "cancelled"]


@dataclass(frozen=True)
class Reckoning:
    """Where a clock stands; days are Shanghai dates, `used` is in the limit's unit.

    While paused there is no due date: it is reckoned anew on resumption. But a limit
    that ran out before the pause stays run out, and its due date stays.
    `overdue_by` counts whole units beyond the limit: it is 0 on a rest day just after
    the due day, though the clock is overdue.
    """

    state: State
    limit: Limit
    started_at: datetime
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

    @property
    def started_on(self) -> date:
        """Return the start day, which is not counted."""
        return self.started_at.date()

    @property
    def due_on(self) -> date | None:
        """Return the due day."""
        return self.due_at.date() if self.due_at else None

    @cached_property
    def ledger(self) -> tuple[DayEntry, ...]:
        """Every date in (start, due]; while paused up to now; none for minutes.

        Made on first use: sweeps and recomputations never look at it.
        """
        if not self.limit.in_days:
            return ()
        until = None if self.state == "paused" else self.due_on
        return day_ledger(
            calendar=self.calendar,
            after=self.started_on,
            until=until or self.as_of.date(),
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
    course = Course.of(history, calendar)
    due_at = course.due_at()
    stopped_at = history.ended.at if history.ended else None
    used = course.used(stopped_at or at)
    state = _state(history, due_at)
    overdue = state == "running" and due_at is not None and at > due_at
    beyond = used - history.limit.value
    return Reckoning(
        state=state,
        limit=history.limit,
        started_at=history.started_at,
        due_at=due_at,
        warn_at=course.warn_at(),
        stopped_at=stopped_at,
        used=used,
        remaining=-beyond,
        overdue=overdue,
        overdue_by=max(0, beyond) if overdue or state == "missed" else 0,
        provisional=_provisional(history, due_at, calendar),
        paused_spans=history.paused_spans,
        as_of=at,
        calendar=calendar,
    )


def _state(history: History, due_at: datetime | None) -> State:
    if history.ended is None:
        return "running" if history.paused_on is None else "paused"
    if history.ended.kind == "cancel":
        return "cancelled"
    in_time = due_at is not None and history.ended.at <= due_at
    return "met" if in_time else "missed"


def _provisional(
    history: History, due_at: datetime | None, calendar: WorkCalendar
) -> bool:
    """Tell whether a counted date may still change its nature by a notice to come."""
    if history.limit.unit != WORKING_DAY:
        return False
    # While paused the last date that can have counted is the day of the pause.
    last = due_at.date() if due_at else history.paused_on
    started_on = history.started_at.date()
    return not calendar.is_official(started_on, last or started_on)
