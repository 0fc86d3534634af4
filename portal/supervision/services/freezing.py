"""Freeze the figures of a month once it is over, so that a report stays a report."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from applications.services.timing import STAGE, TOTAL
from portal.supervision.models import MonthlyFigure, MonthlyReport
from portal.supervision.scope import Scope, moments_of
from portal.supervision.selectors import clocks
from sla.engine import day_of
from sla.ground.actors import SYSTEM
from sla.models import Clock


def run(*, at: datetime) -> list[date]:
    """Freeze every month that is over at ``at`` and is not frozen; return them.

    Also those of before, if nobody asked for a while; twice changes nothing.
    """
    known = set(MonthlyReport.objects.values_list("month", flat=True))
    missing = [month for month in _over(at) if month not in known]
    return [month for month in missing if _freeze(month, at)]


def _over(at: datetime) -> Iterator[date]:
    """Yield the first days of the months since the first application that are over."""
    theirs = Clock.objects.filter(kind__in=(STAGE, TOTAL))
    first: datetime | None = theirs.aggregate(first=Min("started_at"))["first"]
    if first is None:
        return
    month = day_of(first).replace(day=1)
    while _next(month) <= day_of(at):
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


@transaction.atomic
def _freeze(month: date, at: datetime) -> bool:
    """Write one month; False where somebody else just did."""
    report, new = MonthlyReport.objects.get_or_create(
        month=month, defaults={"frozen_at": at}
    )
    if not new:
        return False
    last = _next(month) - timedelta(days=1)
    since, end, past = moments_of(month, last, at)
    scope = Scope(viewer=SYSTEM, at=end, since=since, past=past)
    MonthlyFigure.objects.bulk_create(
        MonthlyFigure(
            report=report,
            basis=basis,
            stage=stage,
            user_type=user_type,
            region_id=region,
            met=told.met,
            missed=told.missed,
            overdue=told.overdue,
            exempt=told.exempt,
        )
        for (basis, stage, user_type, region), told in clocks.table(scope).items()
        if told.judged or told.exempt
    )
    return True
