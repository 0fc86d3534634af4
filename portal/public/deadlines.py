"""算一算: from a start date to a due date, and why it is that date."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sla.engine import (
    Limit,
    Moment,
    Reckoning,
    UnknownRegion,
    WorkCalendar,
    midnight,
    reckon,
)
from sla.models import PolicyLimit
from sla.services import calendars, policies
from sla.vocabulary import Level, Measure, Stage, Unit
from sla.words import amount


@dataclass(frozen=True, slots=True)
class Estimate:
    """One limit that starts on a day: what it is, whose word it is, when it ends."""

    title: str
    limit: Limit
    reckoning: Reckoning
    source: str = ""
    level: str = ""
    whole: bool = False
    user_type: str = ""


def in_force(region: str, on: date) -> list[PolicyLimit]:
    """Return the limits in force; none before regions and policies are loaded."""
    try:
        return policies.in_force(region=region, on=on)
    except UnknownRegion:
        return []


def reckon_from(start: date, limit: Limit, calendar: WorkCalendar) -> Reckoning:
    """Reckon a limit that starts on a Shanghai date, as seen at its first moment."""
    at = midnight(start)
    return reckon(limit, [Moment(at, "start")], calendar, at)


def by_days(*, region: str, start: date, days: int) -> Estimate:
    """Estimate a number of working days; raises CalendarRangeError beyond its years."""
    limit = Limit(days, Unit.WORKING_DAY)
    calendar = calendars.calendar_for(region)
    return Estimate(
        amount(days, Unit.WORKING_DAY), limit, reckon_from(start, limit, calendar)
    )


def by_user_type(*, region: str, start: date, user_type: str) -> list[Estimate]:
    """Estimate every limit in force for a user type, whole processes first.

    Sums of the utility's steps are left out: between the steps time passes on the
    applicant's side, so a sum has no due date.
    """
    calendar = calendars.calendar_for(region)
    limits = [
        limit
        for limit in in_force(region, start)
        if limit.user_type == user_type and limit.measure != Measure.UTILITY_STEPS
    ]
    limits.sort(key=lambda limit: limit.measure != Measure.WHOLE_PROCESS)
    return [_estimate(limit, start, calendar) for limit in limits]


@dataclass(frozen=True, slots=True)
class Promises:
    """What filing today would mean: whole processes with dates, sums without."""

    whole: list[Estimate]
    sums: list[PolicyLimit]


def promises(*, region: str, on: date) -> Promises:
    """Return the national limits of a region as seen by somebody who files on a day."""
    calendar = calendars.calendar_for(region)
    national = [
        limit for limit in in_force(region, on) if limit.policy.level == Level.NATIONAL
    ]
    return Promises(
        whole=[
            _estimate(limit, on, calendar)
            for limit in national
            if limit.measure == Measure.WHOLE_PROCESS
        ],
        sums=[limit for limit in national if limit.measure == Measure.UTILITY_STEPS],
    )


def sum_of_steps(*, region: str, on: date, user_type: str) -> PolicyLimit | None:
    """Return the national sum of the utility's steps (6, 22, 32), if one is set."""
    sums = promises(region=region, on=on).sums
    return next((limit for limit in sums if limit.user_type == user_type), None)


def _estimate(limit: PolicyLimit, start: date, calendar: WorkCalendar) -> Estimate:
    whole = limit.measure == Measure.WHOLE_PROCESS
    engine_limit = Limit(limit.value, limit.unit)
    return Estimate(
        title=_("从申请到送电") if whole else str(Stage(limit.stage).label),
        limit=engine_limit,
        reckoning=reckon_from(start, engine_limit, calendar),
        source=f"{limit.policy.source} {limit.clause}".strip(),
        level=str(Level(limit.policy.level).label),
        whole=whole,
        user_type=limit.user_type,
    )
