"""Judged clocks: counted per group, and the same clocks as a list."""

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from applications.models import Application
from applications.services.timing import STAGE, TOTAL
from portal.supervision.scope import Basis, Scope
from sla.models import Clock
from sla.models.clock import ClockQuerySet
from sla.services import durations, statistics
from sla.services.durations import Spread
from sla.services.statistics import Figures
from sla.vocabulary import Measure

KEYS = ("basis", "stage", "user_type", "region")


def within(scope: Scope) -> ClockQuerySet:
    """Return the national clocks of applications within the viewer's reach."""
    seen = Application.objects.visible_to(scope.viewer).filed()
    found = Clock.objects.national().filter(
        kind__in=(STAGE, TOTAL), reference__in=seen.values("number")
    )
    if scope.district:
        found = found.filter(region=scope.district)
    if scope.user_type:
        found = found.filter(user_type=scope.user_type)
    return measured(found)


def measured(clocks: ClockQuerySet) -> ClockQuerySet:
    """Annotate which of the three measures a clock belongs to."""
    basis = Case(
        When(kind=STAGE, then=Value(Basis.STAGE.value)),
        When(
            policy_limit__measure=Measure.WHOLE_PROCESS, then=Value(Basis.WHOLE.value)
        ),
        default=Value(Basis.STEPS.value),
        output_field=CharField(),
    )
    return clocks.annotate(basis=basis)


def table(scope: Scope) -> dict[tuple[str, ...], Figures]:
    """Count per measure, stage, user type and district; one query for all boards."""
    return statistics.table(
        within(scope), *KEYS, at=scope.at, since=scope.since, past=scope.past
    )


def taken(scope: Scope) -> list[tuple[tuple[str, ...], int]]:
    """Return the working days of every clock that was judged and is closed."""
    meant = statistics.conditions(scope.at, scope.since)
    closed = within(scope).filter(meant["met"] | meant["missed"])
    return durations.used(closed, *KEYS, at=scope.at)


def spread_of(
    rows: list[tuple[tuple[str, ...], int]], basis: Basis, **wanted: str
) -> Spread | None:
    """Describe the durations of one measure, narrowed by stage, type or region."""
    fixed = {"basis": basis.value, **wanted}
    places = {KEYS.index(name): value for name, value in fixed.items()}
    return durations.spread(
        [
            days
            for keys, days in rows
            if all(keys[place] == value for place, value in places.items())
        ]
    )


def listed(scope: Scope, basis: Basis, bucket: str, stage: str = "") -> QuerySet[Clock]:
    """Return the clocks that one figure counted."""
    found = statistics.concerned(within(scope), at=scope.at, since=scope.since)
    found = statistics.standing(found, at=scope.at, past=scope.past)
    meant = statistics.conditions(scope.at, scope.since)[bucket] & Q(basis=basis)
    if stage:
        meant &= Q(stage=stage)
    return found.filter(meant)
