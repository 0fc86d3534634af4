"""Cases: what is in hand, each in one bucket, and what came to its end."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Min, Q, QuerySet, Value, When

from applications.models import Application
from applications.services.timing import STAGE, TOTAL
from portal.supervision.scope import Basis, Scope
from sla.models import Clock
from sla.models.clock import ClockQuerySet
from sla.services import statistics
from sla.services.statistics import CaseFigures
from sla.vocabulary import Measure


@dataclass(frozen=True, slots=True)
class InHand:
    """Count open cases; the five buckets share none and leave none out."""

    normal: int
    due_today: int
    overdue: int
    paused: int
    exempt: int
    government: int
    paused_late: int

    @property
    def customer(self) -> int:
        """Count the paused cases that wait for nobody but the applicant."""
        return self.paused - self.government

    @property
    def total(self) -> int:
        """Count everything that is under way."""
        return self.normal + self.due_today + self.overdue + self.paused + self.exempt


# The first that fits: a case has several clocks, and stands in one bucket.
IN_HAND: dict[str, Q] = {
    "exempt": Q(reported__gt=0),
    "overdue": Q(reported=0, late__gt=0),
    "due_today": Q(reported=0, late=0, today__gt=0),
    "paused": Q(reported=0, running=0),
    "normal": Q(reported=0, late=0, today=0, running__gt=0),
}
# Of the paused ones: who wait for a permit, as far as it is known today; and who had
# missed a limit before, which a pause does not undo.
_ASIDE: dict[str, Q] = {
    "government": IN_HAND["paused"] & Q(permit__gt=0),
    "paused_late": IN_HAND["paused"] & Q(breached__gt=0),
}
OPEN: dict[str, Q] = {
    "open": Q(),
    **IN_HAND,
    **_ASIDE,
    "customer": IN_HAND["paused"] & Q(permit=0),
}
ENDED: dict[str, Q] = {
    "done": Q(),
    "on_time": Q(late=False),
    "late": Q(late=True),
}


def applications(scope: Scope) -> QuerySet[Application]:
    """Return the applications within reach that the question is about."""
    found = Application.objects.visible_to(scope.viewer).filed()
    if scope.district:
        found = found.filter(region=scope.district)
    if scope.user_type:
        found = found.filter(user_type=scope.user_type)
    return found


def _clocks(scope: Scope) -> ClockQuerySet:
    return Clock.objects.national().filter(
        kind__in=(STAGE, TOTAL), reference__in=applications(scope).values("number")
    )


def opened(scope: Scope) -> ClockQuerySet:
    """Return the clocks of cases in hand, annotated with ``was_paused``."""
    meant = statistics.conditions(scope.at)
    stood = statistics.standing(_clocks(scope), at=scope.at, past=scope.past)
    return stood.filter(meant["open"])


def in_hand(scope: Scope) -> QuerySet[Clock, dict[str, Any]]:
    """Group what is open by case: how many of its clocks run, are late, end today."""
    meant = statistics.conditions(scope.at)
    running = meant["normal"] | meant["due_today"] | meant["overdue"]
    permits = applications(scope).filter(permit_since__isnull=False)
    return (
        opened(scope)
        .values("reference")
        .annotate(
            reported=Count("pk", filter=meant["exempt_open"]),
            late=Count("pk", filter=meant["overdue"]),
            today=Count("pk", filter=meant["due_today"]),
            running=Count("pk", filter=running),
            permit=Count("pk", filter=Q(reference__in=permits.values("number"))),
            breached=Count("pk", filter=Q(breached_at__lte=scope.at)),
            first_due=Min("due_at", filter=Q(was_paused=False)),
        )
        .order_by()
    )


def counts(scope: Scope) -> InHand:
    """Count the cases in hand, one query."""
    found = in_hand(scope).aggregate(
        **{
            name: Count("reference", filter=condition)
            for name, condition in (IN_HAND | _ASIDE).items()
        }
    )
    return InHand(**found)


def finished(scope: Scope) -> ClockQuerySet:
    """Return one clock of each case that came to its end, with ``basis``, ``late``."""
    return statistics.finished(_measured(scope), at=scope.at, since=scope.since)


def ended(scope: Scope) -> dict[str, CaseFigures]:
    """Judge finished cases per measure, one query."""
    found = statistics.cases_by(
        _measured(scope), "basis", at=scope.at, since=scope.since
    )
    return {basis: figures for (basis,), figures in found.items()}


def _measured(scope: Scope) -> ClockQuerySet:
    """Annotate the measure of the case, known by the last of its clocks to stop."""
    basis = Case(
        When(
            policy_limit__measure=Measure.WHOLE_PROCESS, then=Value(Basis.WHOLE.value)
        ),
        default=Value(Basis.STEPS.value),
        output_field=CharField(),
    )
    return _clocks(scope).annotate(basis=basis)
