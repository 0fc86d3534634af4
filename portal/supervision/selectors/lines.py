"""One line of a list: the same facts on the screen and in an export, masked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from applications.classification import THREE_ZERO_TYPES
from applications.lifecycle import Status, Turn
from applications.models import Application
from applications.selectors.people import surname_and_number
from portal.supervision.scope import Basis, Scope
from portal.supervision.selectors import cases
from sla.models import Clock
from sla.services import calendars, durations
from sla.vocabulary import Measure, Stage, Unit, UserType

# What a line is made of; encrypted numbers stay where they are.
SHOWN = (
    "number",
    "status",
    "user_type",
    "submitted_at",
    "permit_since",
    "region__name",
    "applicant__kind",
    "applicant__name",
    "manager__role",
    "manager__staff_no",
    "manager__display_name",
    "manager__username",
)


@dataclass(frozen=True, slots=True)
class About:
    """Whose case it is: applicant masked, manager by surname and number."""

    district: str
    applicant: str
    manager: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One judged or open clock; days are working days."""

    number: str
    stage: str
    basis: str
    user_type: str
    about: About
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    used: int | None
    limit: int
    unit: str
    tone: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case; ``over`` and ``left`` are working days, where a clock runs."""

    number: str
    status: str
    step: str
    user_type: str
    about: About
    submitted_at: datetime | None
    due_at: datetime | None
    over: int | None
    left: int | None
    provisional: bool
    tone: str
    waits_for: str
    was_late: bool = False  # before it was paused
    closed_at: datetime | None = None


def of_clocks(clocks: Sequence[Clock], scope: Scope) -> list[ClockLine]:
    """Return the lines of clocks that were read; three queries at any number."""
    known = _applications(clock.reference for clock in clocks)
    used = durations.of_rows(clocks, at=scope.at)
    return [
        ClockLine(
            number=clock.reference,
            stage=_stage(clock),
            basis=str(Basis(clock.basis).label),  # type: ignore[attr-defined]
            user_type=str(UserType(clock.user_type).label),
            started_at=clock.started_at,
            due_at=clock.due_at,
            stopped_at=clock.stopped_at,
            used=used.get(clock.pk),
            limit=clock.limit_value,
            unit=clock.limit_unit,
            tone=_tone(clock, scope),
            about=_about(known[clock.reference]),
        )
        for clock in clocks
    ]


def _tone(clock: Clock, scope: Scope) -> str:
    """Name how a clock looked at the reporting moment."""
    if clock.exempt_reported:
        return "exempt"
    if clock.stopped_at is not None and clock.stopped_at <= scope.at:
        return clock.state
    if clock.stood:  # type: ignore[attr-defined]
        return "paused"
    if clock.due_at is None or clock.due_at >= scope.at:
        today = clock.due_on == scope.today
        return "due_today" if today else "normal"
    return "overdue"


def of_open_cases(rows: Sequence[dict[str, Any]], scope: Scope) -> list[CaseLine]:
    """Return the lines of cases in hand, rows of `cases.in_hand`; two queries."""
    numbers = [row["reference"] for row in rows]
    known = _applications(numbers)
    leads = _leads(numbers, scope)
    return [
        _open_case(known[row["reference"]], leads[row["reference"]], row, scope)
        for row in rows
    ]


def _leads(numbers: Sequence[str], scope: Scope) -> dict[str, Clock]:
    """Return the clock to speak of: what runs before what rests, the first due."""
    found: dict[str, Clock] = {}
    opened = cases.opened(scope).annotate(stood=F("was_paused"))
    rows = opened.filter(reference__in=numbers)
    for clock in sorted(rows, key=_urgency):
        found.setdefault(clock.reference, clock)
    return found


def _urgency(clock: Clock) -> tuple[bool, bool, datetime, bool]:
    return (
        clock.stood,  # type: ignore[attr-defined]
        clock.due_at is None,
        clock.due_at or clock.started_at,
        clock.stage == Stage.TOTAL,
    )


def _open_case(
    application: Application, lead: Clock, row: dict[str, Any], scope: Scope
) -> CaseLine:
    bucket = bucket_of(row)
    rests = bucket == "paused" or lead.due_at is None
    over, left = (None, None) if rests else _distance(lead, scope)
    return CaseLine(
        number=str(application.number),
        status=str(Status(application.status).label),
        step=_stage(lead),
        user_type=str(UserType(application.user_type).label),
        submitted_at=application.submitted_at,
        due_at=None if rests else lead.due_at,
        over=over,
        left=left,
        provisional=lead.provisional and not rests,
        tone=bucket,
        waits_for=_awaited(application) if bucket == "paused" else "",
        was_late=bucket == "paused" and bool(row["breached"]),
        about=_about(application),
    )


def bucket_of(row: dict[str, Any]) -> str:
    """Name the bucket of one case, by the rule of `cases.IN_HAND`."""
    if row["reported"]:
        return "exempt"
    if row["late"]:
        return "overdue"
    if row["today"]:
        return "due_today"
    return "normal" if row["running"] else "paused"


def _distance(clock: Clock, scope: Scope) -> tuple[int | None, int | None]:
    """Return working days over, or left, at the reporting date."""
    due_on = clock.due_on
    assert due_on is not None, "asked only of clocks with a due day"
    if due_on < scope.today:
        return _apart(clock, due_on, scope.today), None
    return None, _apart(clock, scope.today, due_on)


def _apart(clock: Clock, after: date, until: date) -> int:
    if clock.limit_unit != Unit.WORKING_DAY:
        return (until - after).days
    return calendars.edition(clock.calendar_version).count(after, until)


def of_ended_cases(clocks: Sequence[Clock], scope: Scope) -> list[CaseLine]:
    """Return the lines of cases that came to their end, rows of `cases.finished`."""
    known = _applications(clock.reference for clock in clocks)
    return [
        CaseLine(
            number=clock.reference,
            status=str(Status(known[clock.reference].status).label),
            step=str(Basis(clock.basis).label),  # type: ignore[attr-defined]
            user_type=str(UserType(known[clock.reference].user_type).label),
            submitted_at=known[clock.reference].submitted_at,
            due_at=None,
            over=None,
            left=None,
            provisional=False,
            tone="missed" if clock.late else "met",  # type: ignore[attr-defined]
            waits_for="",
            closed_at=clock.stopped_at,
            about=_about(known[clock.reference]),
        )
        for clock in clocks
    ]


def _applications(numbers: Iterable[str]) -> dict[str, Application]:
    rows = Application.objects.filter(number__in=set(numbers))
    found = rows.select_related("applicant", "region", "manager").only(*SHOWN)
    return {str(row.number): row for row in found}


def _about(application: Application) -> About:
    manager, region = application.manager, application.region
    applicant = application.applicant
    return About(
        district=region.name if region else "",
        applicant=applicant.masked_name if applicant else "",
        manager=surname_and_number(manager.label()) if manager else _("未认领"),
    )


def _stage(clock: Clock) -> str:
    name = str(Stage(clock.stage).label)
    if clock.stage == Stage.TOTAL:
        whole = clock.user_type in THREE_ZERO_TYPES
        name = str((Measure.WHOLE_PROCESS if whole else Measure.UTILITY_STEPS).label)
    return name + _("（第 %d 次）") % clock.round if clock.round > 1 else name


def _awaited(application: Application) -> str:
    if application.turn is Turn.GOVERNMENT:
        return _("等待行政审批")
    return _("等待申请人")
