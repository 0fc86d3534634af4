"""The three scales on which a limit is laid: working days, dates, minutes.

A position is a whole number: a proleptic ordinal for days, microseconds for minutes.
An amount is in the scale's finest unit, of which a limit's unit holds `grain`.
"""

from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from sla.engine.calendar import WorkCalendar, check_date
from sla.engine.limits import CALENDAR_DAY, MINUTE, Limit
from sla.engine.moments import SHANGHAI, in_shanghai, midnight

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=SHANGHAI)
_MICROSECOND: Final = timedelta(microseconds=1)


class Scale(Protocol):
    """How amounts are laid off from a moment, and how a position is read back."""

    grain: int

    def at(self, moment: datetime) -> int:
        """Return a moment's position."""

    def after(self, position: int, amount: int) -> int:
        """Return the position at which an amount is used up."""

    def between(self, begin: int, end: int) -> int:
        """Return the amount in (begin, end]."""

    def last_moment(self, position: int) -> datetime:
        """Return the last moment that is still in time at a position."""

    def first_moment(self, position: int) -> datetime:
        """Return the moment at which a position begins."""


class Dates:
    """Count every date."""

    grain = 1

    def at(self, moment: datetime) -> int:
        """Return the ordinal of the Shanghai date."""
        return moment.toordinal()

    def after(self, position: int, amount: int) -> int:
        """Return the ordinal `amount` dates later."""
        return position + amount

    def between(self, begin: int, end: int) -> int:
        """Return the number of dates in (begin, end]."""
        return end - begin

    def last_moment(self, position: int) -> datetime:
        """Return 24:00 of the date, less a microsecond."""
        return datetime.combine(_date(position), time.max, SHANGHAI)

    def first_moment(self, position: int) -> datetime:
        """Return 00:00 of the date."""
        return midnight(_date(position))


class WorkingDays(Dates):
    """Count the dates that a calendar calls working days."""

    def __init__(self, calendar: WorkCalendar) -> None:
        """Count by this calendar."""
        self.calendar = calendar

    def after(self, position: int, amount: int) -> int:
        """Return the ordinal of the amount-th working day after a date."""
        return self.calendar.add(date.fromordinal(position), amount).toordinal()

    def between(self, begin: int, end: int) -> int:
        """Return the number of working days in (begin, end]."""
        return self.calendar.count(date.fromordinal(begin), date.fromordinal(end))


class Minutes:
    """Count time as it flows, round the clock."""

    grain = 60_000_000

    def at(self, moment: datetime) -> int:
        """Return microseconds since 2000."""
        return (moment - _EPOCH) // _MICROSECOND

    def after(self, position: int, amount: int) -> int:
        """Return the position `amount` microseconds later."""
        return position + amount

    def between(self, begin: int, end: int) -> int:
        """Return the microseconds between two positions."""
        return end - begin

    def last_moment(self, position: int) -> datetime:
        """Return the moment itself: due to the microsecond."""
        return in_shanghai(_EPOCH + position * _MICROSECOND)

    def first_moment(self, position: int) -> datetime:
        """Return the moment itself."""
        return in_shanghai(_EPOCH + position * _MICROSECOND)


def scale_of(limit: Limit, calendar: WorkCalendar) -> Scale:
    """Return the scale on which a limit is laid."""
    if limit.unit == MINUTE:
        return Minutes()
    if limit.unit == CALENDAR_DAY:
        return Dates()
    return WorkingDays(calendar)


def _date(ordinal: int) -> date:
    day = date.fromordinal(ordinal)
    check_date(day)
    return day
