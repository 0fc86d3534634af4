"""What happened, told for its reader: one node for each event that concerns them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.lifecycle import ACTIONS, STATUSES, Status
from applications.models import Event
from applications.selectors import sentences
from applications.selectors.people import surname_and_number, who_did
from applications.selectors.reckoned import Timed
from sla.engine import day_of
from sla.ground.actors import Actor, Role
from sla.vocabulary import ClockState, Level, Stage, UserType
from sla.words import day, listed, recorded, short_moment

# Handed about inside the utility; the applicant sees who is in charge, not how it came.
INTERNAL = frozenset({"claim", "assign", "note", "reveal"})
# Remarks that are written to the applicant; all others stay among colleagues.
ADDRESSED = frozenset(
    {
        "return_for_supplement",
        "refuse",
        "set_external_line",
        "reply_plan",
        "approve_design",
        "reject_design",
        "pass_mid_inspection",
        "fail_mid_inspection",
        "pass_final_inspection",
        "fail_final_inspection",
        "energise",
        "flag_grid_upgrade",
        "change_upgrade_date",
    }
)


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the timeline, as templates/parts/timeline.html shows it.

    ``state`` is done, current or future; ``used`` and ``limit`` are in ``unit``,
    where a clock of 附件2 runs or ended; ``late`` tells a late entry and its witness.
    """

    state: str
    title: str
    phase: str = ""
    at: datetime | None = None
    by: str = ""
    used: int | None = None
    limit: int | None = None
    unit: str = "working_day"
    tone: str = ""
    label: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()
    late: str = ""
    turn: str = ""
    promise: str = ""
    clock: int | None = None
    action: str = ""


def done(
    events: Iterable[Event], clocks: list[Timed], viewer: Actor | None
) -> Iterator[Node]:
    """Tell the past, oldest first; what a reader may not know is left out."""
    staff = viewer is not None and viewer.role != Role.APPLICANT
    for event in events:
        if staff or event.action not in INTERNAL:
            yield _node(event, clocks, viewer)


def _node(event: Event, clocks: list[Timed], viewer: Actor | None) -> Node:
    ended = _clock_ended_by(event, clocks)
    return Node(
        state="done",
        title=str(ACTIONS[event.action].label),
        phase=str(STATUSES[Status(event.before)].phase.label),
        at=event.at,
        by=who_did(event, viewer),
        used=ended.used if ended else None,
        limit=ended.limit if ended else None,
        unit=ended.unit if ended else "working_day",
        tone=ended.tone if ended else "",
        label=sentences.tone_label(ended) if ended else "",
        note=_note(event, viewer),
        lines=tuple(_lines(event)) if viewer is not None else (),
        late=_late(event, viewer),
        clock=ended.clock.pk if ended else None,
        action=event.action,
    )


def _clock_ended_by(event: Event, clocks: list[Timed]) -> Timed | None:
    """Return the clock this event ended: of its stage, else of the whole."""
    judged = {ClockState.MET, ClockState.MISSED}
    stopped = [
        timed
        for timed in clocks
        if timed.clock.stopped_at == event.at
        and timed.clock.state in judged
        and event.before != event.after
    ]
    stopped.sort(
        key=lambda timed: (
            timed.clock.stage == Stage.TOTAL,
            timed.clock.level != Level.PROMISE,
        )
    )
    return stopped[0] if stopped else None


def _note(event: Event, viewer: Actor | None) -> str:
    if viewer is None or event.action == "refuse":
        return ""
    told = (
        viewer.role != Role.APPLICANT
        or event.by_role == Role.APPLICANT
        or event.action in ADDRESSED
    )
    return event.note if told else ""


_SAID: dict[str, Any] = {
    "missing": gettext_lazy("需要补正：%s"),
    "next_step": gettext_lazy("您可以：%s"),
    "designer": gettext_lazy("设计单位：%s"),
    "contractor": gettext_lazy("施工单位：%s"),
    "authority": gettext_lazy("审批部门：%s"),
    "project_name": gettext_lazy("电网升级项目：%s"),
    "planned_on": gettext_lazy("计划完成：%s"),
    "valid_until": gettext_lazy("方案有效期至：%s"),
}
_DAYS = frozenset({"planned_on", "valid_until"})
# The user type is settled where it is looked at again; before, it is only derived.
_SETTLES_TYPE = frozenset({"accept", "set_external_line", "reply_plan"})


def _lines(event: Event) -> Iterator[str]:
    """Say what an event carries beside its remark.

    Nothing here names a person but to whom a case was given, which stays inside.
    """
    facts = event.payload
    if event.action in _SETTLES_TYPE and facts.get("user_type"):
        yield _("用户类型：%s") % UserType(facts["user_type"]).label
    if event.action == "refuse":
        yield _("原因：%s") % event.note
    if event.action == "assign":
        yield _("分派给：%s") % recorded(facts["manager"])
    for key, words in _SAID.items():
        value = facts.get(key)
        if value:
            yield words % _as_text(value, event, is_day=key in _DAYS)


def _as_text(value: Any, event: Event, *, is_day: bool) -> str:
    if is_day:
        today = day_of(event.at)
        return day(date.fromisoformat(value), today=today)
    # What the record calls a paper, this page may call it in another language.
    return listed(map(_, value)) if isinstance(value, list) else str(value)


def _late(event: Event, viewer: Actor | None) -> str:
    """Say what everybody may know of a late entry: when it was, why, who vouches."""
    late = event.payload.get("late")
    if not late:
        return ""
    happened = short_moment(datetime.fromisoformat(late["happened_at"]))
    if viewer is None:
        return _("补录：实际发生于%(when)s") % {"when": happened}
    witness = late["witness"]
    if viewer.role == Role.APPLICANT:
        witness = surname_and_number(witness)
    return _("补录：实际发生于%(when)s，由%(who)s证明。原因：%(why)s") % {
        "when": happened,
        "who": witness,
        "why": late["reason"],
    }
