"""The one thing a person wants to know: where it stands, whose turn, by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.lifecycle import OPEN_STATUSES, STATUSES, Status, Turn
from applications.models import Application, Event
from applications.selectors import reckoned, road, sentences
from applications.selectors.reckoned import Timed
from sla import words
from sla.engine import day_of
from sla.vocabulary import Level, Stage

# What a confirmed plan leads to depends on the road.
NEXT = {
    Status.DESIGNING: gettext_lazy("方案已确认，请选择设计单位并登记。"),
    Status.CONSTRUCTING: gettext_lazy("方案已确认，请选择施工单位并登记。"),
    Status.PLAN_CONFIRMED: gettext_lazy("方案已确认，请签订供用电合同。"),
}


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """One stretch of the road; ``state`` is done, current, future or ended."""

    label: str
    state: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Headline:
    """The state of one application in words; ``clock`` explains ``promise``."""

    status: str
    says: str
    turn: str
    whose: Turn
    promise: str
    tone: str
    label: str
    provisional: bool
    due_on: date | None
    used: int | None
    limit: int | None
    unit: str
    clock: int | None
    notes: tuple[str, ...]
    phases: tuple[PhaseMark, ...]

    @property
    def yours(self) -> bool:
        return self.whose is Turn.APPLICANT


def headline(
    application: Application,
    events: Sequence[Event],
    clocks: Sequence[Timed],
    *,
    own: bool,
    public: bool = False,
) -> Headline:
    """Say where an application stands; ``own`` speaks to the applicant.

    ``public`` leaves out what was written about this one case.
    """
    lead = leading(application, clocks)
    return Headline(
        status=_status(application),
        says=_says(application, events, own=own),
        turn=sentences.turn(application.turn, own=own),
        whose=application.turn,
        promise=_promise(application, lead, own=own),
        tone=lead.tone if lead else "none",
        label=sentences.tone_label(lead) if lead else "",
        provisional=bool(lead and lead.is_open and lead.clock.provisional),
        due_on=lead.due_on if lead else None,
        used=lead.used if lead else None,
        limit=lead.limit if lead else None,
        unit=lead.unit if lead else "working_day",
        clock=lead.clock.pk if lead else None,
        notes=(
            *_notes(application, events, lead, own=own, public=public),
            *_late(application, clocks, lead),
        ),
        phases=tuple(_phases(application, events)),
    )


def leading(application: Application, clocks: Sequence[Timed]) -> Timed | None:
    """Return the clock to speak of: the open one at hand, at the end the whole."""
    found = reckoned.leading(clocks)
    if found is not None or application.energised_at is None:
        return found
    totals = [
        timed
        for timed in clocks
        if timed.clock.stage == Stage.TOTAL and timed.clock.level == Level.NATIONAL
    ]
    return totals[0] if totals else None


def waiting_for(application: Application, *, own: bool) -> str:
    """Say for whom paused clocks wait."""
    if application.turn is Turn.GOVERNMENT:
        return _("等待行政审批")
    if application.status == Status.RETURNED:
        return _("等待您补正") if own else _("等待申请人补正")
    return _("等待您办理") if own else _("等待申请人办理")


def status_in_words(status: str, permit_since: datetime | None) -> str:
    """Name a status; a pending permit comes before the step that waits for it."""
    if permit_since is not None and status in OPEN_STATUSES:
        return _("等待行政审批")
    return str(Status(status).label)


def _status(application: Application) -> str:
    return status_in_words(application.status, application.permit_since)


def _says(application: Application, events: Sequence[Event], *, own: bool) -> str:
    if not own:
        return _status(application)
    if application.turn is Turn.GOVERNMENT:
        return _("正在等待行政审批，办结后供电企业继续办理。")
    if application.status == Status.REFUSED:
        return _("申请没有受理。")  # the reason follows
    if application.status == Status.PLAN_CONFIRMED:
        return str(NEXT[_next_step(application)])
    if application.status == Status.DESIGNING and _sent_back(events):
        return _("设计审查没有通过，请按审查意见修改图纸后重新提交。")
    return str(application.facts.plain)


def _sent_back(events: Sequence[Event]) -> bool:
    moved = [event.action for event in events if event.before != event.after]
    return moved[-1:] == ["reject_design"]


def _next_step(application: Application) -> Status:
    step, _ahead = road.now_and_ahead(application)
    assert step is not None, "a confirmed plan is not the end"
    return step.status


def _promise(application: Application, lead: Timed | None, *, own: bool) -> str:
    if lead is None:
        return ""
    return sentences.promise(lead, waiting=waiting_for(application, own=own))


def _notes(
    application: Application,
    events: Sequence[Event],
    lead: Timed | None,
    *,
    own: bool,
    public: bool,
) -> Iterator[str]:
    """Add what bears on the promise: validity of the plan, the grid, a refusal."""
    today = lead.today if lead else None
    last = {event.action: event for event in events}
    if application.status == Status.PLAN_REPLIED:
        valid = max(
            (e for e in events if e.payload.get("valid_until")), key=lambda e: e.seq
        ).payload["valid_until"]
        yield _("方案有效期至%(day)s，请在此之前确认或提出异议。") % {
            "day": words.day(date.fromisoformat(valid), today=today)
        }
    if application.status == Status.REFUSED and not public:
        yield _("原因：%s") % last["refuse"].note
        yield _("下一步：%s") % last["refuse"].payload["next_step"]
    runs_on = application.is_three_zero and application.is_open
    if runs_on and application.facts.turn is Turn.APPLICANT and own:
        yield _("“三零”服务按全过程计时，您办理的这段时间也算在内，请尽快办理。")
    if application.is_open:
        yield from _grid_upgrade(events, today)


def late_steps(clocks: Sequence[Timed]) -> list[str]:
    """Name the steps that broke a national limit: a case on time has none."""
    broken = [
        str(Stage(timed.clock.stage).label)
        for timed in clocks
        if timed.clock.level == Level.NATIONAL
        and not timed.clock.exempt_reported
        # A sweep records a breach within a minute; a pause hides none.
        and (timed.clock.breached_at or timed.tone in {"missed", "overdue"})
    ]
    return list(dict.fromkeys(broken))


def _late(
    application: Application, clocks: Sequence[Timed], lead: Timed | None
) -> Iterator[str]:
    """Let no whole that was in time hide a step that was not."""
    whole_in_time = lead is not None and lead.tone == "met"
    late = late_steps(clocks)
    if application.energised_at is not None and whole_in_time and late:
        yield _("超过国家时限的环节：%(steps)s。这件申请不算“全部按时”。") % {
            "steps": words.listed(late)
        }


def _grid_upgrade(events: Sequence[Event], today: date | None) -> Iterator[str]:
    planned = ""
    for event in events:
        if event.action in {"flag_grid_upgrade", "change_upgrade_date"}:
            planned = event.payload["planned_on"]
        elif event.action == "clear_grid_upgrade":
            planned = ""
    if planned:
        yield _("公共电网需要先升级改造，计划%(day)s前完工；办理时限照常计算。") % {
            "day": words.day(date.fromisoformat(planned), today=today)
        }


def _phases(application: Application, events: Sequence[Event]) -> Iterator[PhaseMark]:
    """Mark each phase with the day it was left; where the road broke off, it ended."""
    left = {
        STATUSES[Status(event.before)].phase: day_of(event.at)
        for event in events
        if event.before != event.after
    }
    over = application.energised_at is not None
    stood = _stood_in(application, events)
    passed = True
    for phase in road.phases(application):
        if phase is stood and not over:
            passed = False
            state = "current" if application.is_open else "ended"
            yield PhaseMark(str(phase.label), state, None)
            continue
        on = left.get(phase) if passed else None
        yield PhaseMark(str(phase.label), "done" if passed else "future", on)


def _stood_in(application: Application, events: Sequence[Event]) -> object:
    """Return the phase the application is in, or was in when it broke off."""
    step, _ahead = road.now_and_ahead(application)
    if step is not None:
        return step.phase
    moved = [event for event in events if event.before != event.after]
    return STATUSES[Status(moved[-1].before)].phase if moved else application.phase
