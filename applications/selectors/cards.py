"""Clocks as pages and the API show them, and why a date is the date it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from applications.lifecycle import STATUSES, Status, Turn
from applications.models import Event
from applications.selectors import sentences
from applications.selectors.reckoned import Timed
from sla.engine import DayEntry, Limit, Moment, reckon
from sla.services import reckonings
from sla.vocabulary import ClockEventKind, ClockState, Level, Measure, Stage
from sla.words import day, recorded


@dataclass(frozen=True, slots=True)
class Card:
    """One clock, as templates/parts/clock.html shows it; days are in ``unit``.

    ``net_used`` leaves out the applicant's own days; it is shown beside ``used``, never
    judged (three-zero totals only, else None).
    """

    pk: int
    stage: str
    level: str
    round: int
    state: str
    current: bool
    title: str
    tone: str
    label: str
    sentence: str
    started_at: datetime
    due_on: date | None
    due_at: datetime | None
    due_words: str
    used: int
    remaining: int
    limit: int
    unit: str
    provisional: bool
    exempt: bool
    source: str
    net_used: int | None = None

    @property
    def is_total(self) -> bool:
        return self.stage == Stage.TOTAL

    @property
    def judged_total(self) -> bool:
        """Tell whether this is a whole that came, or may come, to a verdict."""
        return self.is_total and self.state != ClockState.CANCELLED


def card(timed: Timed, *, waiting: str = "", net_used: int | None = None) -> Card:
    """Return what is shown of one clock."""
    clock = timed.clock
    return Card(
        pk=clock.pk,
        stage=clock.stage,
        level=clock.level,
        round=clock.round,
        state=clock.state,
        current=timed.is_open,
        title=title(timed),
        tone=timed.tone,
        label=sentences.tone_label(timed),
        sentence=sentences.promise(timed, waiting=waiting),
        started_at=clock.started_at,
        due_on=timed.due_on,
        due_at=clock.due_at,
        due_words="" if timed.is_open else _("已结束"),
        used=timed.used,
        remaining=timed.reckoning.remaining,
        limit=timed.limit,
        unit=timed.unit,
        provisional=timed.is_open and clock.provisional,
        exempt=clock.exempt_reported,
        source=source(timed),
        net_used=net_used,
    )


def title(timed: Timed) -> str:
    """Name a clock: what it measures, who set it, which time round."""
    clock = timed.clock
    name = str(Stage(clock.stage).label)
    if clock.stage == Stage.TOTAL:
        whole = (
            clock.policy_limit is not None
            and clock.policy_limit.measure == Measure.WHOLE_PROCESS
        )
        name = str((Measure.WHOLE_PROCESS if whole else Measure.UTILITY_STEPS).label)
    if clock.round > 1:
        name += _("（第 %d 次）") % clock.round
    return f"{name} · {Level(clock.level).label}"


def source(timed: Timed) -> str:
    """Return the document and clause a limit comes from."""
    limit = timed.clock.policy_limit
    if limit is None:
        return _("附件2：各环节时限之和")
    clause = limit.clause or limit.policy.clause
    summed = _("（实际办理的各环节之和）") if timed.clock.limit_summed else ""
    return f"{limit.policy.source}{clause}{summed}"


def net_used(events: Iterable[Event], total: Timed) -> int:
    """Return the working days a total took without the applicant's own turns."""
    moments = [Moment(total.clock.started_at, "start")]
    waiting = False
    for event in events:
        if event.at < total.clock.started_at or event.before == Status.DRAFT:
            continue
        theirs = STATUSES[Status(event.after)].turn is Turn.APPLICANT
        if theirs != waiting:
            moments.append(Moment(event.at, "pause" if theirs else "resume"))
        waiting = theirs
    if total.clock.stopped_at is not None:
        moments.append(Moment(total.clock.stopped_at, "stop"))
    limit = Limit(total.limit, total.unit)
    return reckon(limit, moments, total.reckoning.calendar, total.at).used


@dataclass(frozen=True, slots=True)
class Change:
    """A limit that was changed while its clock ran."""

    at: datetime
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that makes a due day the day it is."""

    card: Card
    sentence: str
    started_on: date
    due_on: date | None
    ledger: Sequence[DayEntry]
    pauses: tuple[str, ...]
    changes: tuple[Change, ...]
    document: str
    clause: str
    valid_from: date | None
    official_until: date
    recomputed: bool


def why(timed: Timed, *, waiting: str = "") -> Why:
    """Explain one clock: start, limit and its source, every date, pauses, changes."""
    reckoning, limit = timed.reckoning, timed.clock.policy_limit
    return Why(
        card=card(timed, waiting=waiting),
        sentence=reckonings.sentence(timed.clock, reckoning),
        started_on=reckoning.started_on,
        due_on=timed.due_on or reckoning.due_on,
        ledger=reckoning.ledger,
        pauses=tuple(_pauses(timed)),
        changes=tuple(_changes(timed)),
        document=limit.policy.source if limit else "",
        clause=(limit.clause or limit.policy.clause) if limit else source(timed),
        valid_from=limit.policy.valid_from if limit else None,
        official_until=reckoning.calendar.official_until,
        recomputed=any(e.kind == ClockEventKind.RECOMPUTE for e in timed.events),
    )


def _pauses(timed: Timed) -> Iterable[str]:
    for span in timed.reckoning.paused_spans:
        begin = day(span.start_on, today=timed.today)
        if span.end_on is None:
            yield _("%(begin)s起暂停至今：%(why)s") % {
                "begin": begin,
                "why": recorded(span.reason),
            }
            continue
        end = day(span.end_on, today=timed.today)
        said = _("%(begin)s暂停，%(end)s恢复：%(why)s")
        yield said % {"begin": begin, "end": end, "why": recorded(span.reason)}


def _changes(timed: Timed) -> Iterable[Change]:
    for event in timed.events:
        if event.kind == ClockEventKind.EXTEND and event.value is not None:
            yield Change(event.at, event.value, recorded(event.reason))
