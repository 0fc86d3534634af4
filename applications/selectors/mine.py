"""A person's own applications, as a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from applications.lifecycle import OPEN_STATUSES, STATUSES, Status, Turn
from applications.models import Application
from applications.selectors import progress
from applications.selectors.headline import Headline
from sla.ground.actors import Actor

_YOURS = [s for s in OPEN_STATUSES if STATUSES[s].turn is Turn.APPLICANT]
YOURS, UNDER_WAY, OVER = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; ``group`` is YOURS, UNDER_WAY or OVER."""

    application: Application
    headline: Headline
    group: int

    @property
    def place(self) -> str:
        region = self.application.region
        name = region.name if region else ""
        return f"{name}{self.application.address}"


def filed_by(actor: Actor) -> QuerySet[Application]:
    """Return what this person filed: what waits for them first, what is over last."""
    own = Application.objects.visible_to(actor).filed().filter(filed_by_id=actor.pk)
    group = Case(
        When(status__in=_YOURS, then=Value(YOURS)),
        When(status__in=OPEN_STATUSES, then=Value(UNDER_WAY)),
        default=Value(OVER),
        output_field=IntegerField(),
    )
    ordered = own.alias(group=group).order_by("group", "-submitted_at")
    return ordered.select_related("region")


def drafts_of(actor: Actor) -> list[Application]:
    """Return what this person began and has not submitted, newest first."""
    own = Application.objects.filter(filed_by_id=actor.pk, status=Status.DRAFT)
    return list(own.select_related("region").order_by("-pk")[:20])


def lines(applications: Iterable[Application], *, at: datetime) -> list[Line]:
    """Return the lines of one page; three queries whatever their number."""
    rows = list(applications)
    told = progress.headlines(rows, at=at)
    return [Line(row, told[row.pk], _group(row)) for row in rows]


def _group(application: Application) -> int:
    if not application.is_open:
        return OVER
    return YOURS if application.status in _YOURS else UNDER_WAY
