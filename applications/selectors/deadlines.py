"""When a ticket is due: the nearest of its national clocks, two queries for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.lifecycle import Turn
from applications.models import Application
from applications.selectors import reckoned, sentences
from applications.selectors.reckoned import Timed
from applications.services.timing import STAGE, TOTAL
from sla.models import Clock
from sla.models.clock import ClockQuerySet
from sla.vocabulary import ClockState, Level


@dataclass(frozen=True, slots=True)
class Deadline:
    """What one line of a list says about time; ``tone`` as ``Clock.tone_at`` has it."""

    tone: str
    label: str
    sentence: str
    due_at: datetime | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """One line of a list of applications."""

    application: Application
    deadline: Deadline
    exempt: bool = False


def counting() -> ClockQuerySet:
    """Return the clocks that decide about being in time: national, stage and total."""
    return Clock.objects.national().filter(kind__in=(STAGE, TOTAL))


def tickets(applications: Iterable[Application], *, at: datetime) -> list[Ticket]:
    """Join applications with their deadlines, in the order given."""
    rows = list(applications)
    numbers = [row.number for row in rows if row.number]
    opened = counting().open().filter(reference__in=numbers)
    clocks = reckoned.replayed(opened, at=at)
    return [ticket(row, clocks.get(row.number or "", ())) for row in rows]


def ticket(application: Application, clocks: Iterable[Timed]) -> Ticket:
    """Return the line of one application, whose clocks are known."""
    known = [timed for timed in clocks if timed.clock.level == Level.NATIONAL]
    exempt = any(timed.clock.exempt_reported for timed in known)
    return Ticket(application, deadline(application, known), exempt)


def deadline(application: Application, clocks: Iterable[Timed]) -> Deadline:
    """Return the deadline that comes first, or why there is none now."""
    opened = [timed for timed in clocks if timed.is_open]
    running = [t for t in opened if t.clock.state == ClockState.RUNNING]
    if running:
        return _of(min(running, key=lambda timed: timed.clock.due_at or timed.at))
    if opened:
        return _of(opened[0], waiting=_awaited(application))
    label = _("不计时") if application.is_open else _("已办结")
    return Deadline("none", label, str(application.facts.plain))


def _of(timed: Timed, *, waiting: str = "") -> Deadline:
    return Deadline(
        timed.tone,
        sentences.tone_label(timed),
        sentences.promise(timed, waiting=waiting),
        timed.clock.due_at,
        timed.clock.provisional,
    )


def _awaited(application: Application) -> str:
    if application.turn in {Turn.APPLICANT, Turn.GOVERNMENT}:
        return _("等待%s") % application.turn.label
    return ""
