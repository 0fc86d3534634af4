"""What the chained record of a case says that its clocks, moments and papers must be.

Rows beside the record can be written by whoever has the database, and the ledger of a
clock agrees with itself whatever it tells. The record cannot be rewritten unnoticed, so
here every case is told again from it alone and compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import pairwise

from django.db.models import Exists, OuterRef, prefetch_related_objects

from applications.classification import THREE_ZERO_TYPES
from applications.lifecycle import STATUSES, Status, Turn
from applications.models import Application, Event
from applications.services.timing import STAGE, TOTAL
from sla.engine import day_of
from sla.invariants import Invariant
from sla.models import Clock
from sla.services import ledger, rulebook
from sla.services.moves import SKEW
from sla.vocabulary import ClockEventKind as Kind
from sla.vocabulary import Level, Stage

MOST = 20
BATCH = 500
FLAGGED = "flag_grid_upgrade"
REPORTS = {
    "submit_design": Stage.DESIGN_REVIEW,
    "report_mid_inspection": Stage.MID_INSPECTION,
    "report_completion": Stage.FINAL_INSPECTION,
}
VERDICTS = {
    "approve_design": (Stage.DESIGN_REVIEW, True),
    "reject_design": (Stage.DESIGN_REVIEW, False),
    "pass_mid_inspection": (Stage.MID_INSPECTION, True),
    "fail_mid_inspection": (Stage.MID_INSPECTION, False),
    "pass_final_inspection": (Stage.FINAL_INSPECTION, True),
    "fail_final_inspection": (Stage.FINAL_INSPECTION, False),
}
# A sum of steps is timed where any step has a limit; these run in every case.
STEPS = (Stage.ACCEPTANCE, Stage.PLAN_REPLY, Stage.CONNECTION)

Key = tuple[str, str, int]  # kind, stage, round
Told = list[tuple[str, datetime]]
Limits = Callable[[str | None, str, str, date], bool]


@dataclass(frozen=True, slots=True)
class When:
    """The moment of an act: rows beside the record may say a little less.

    An act whose server read the time before another's is recorded at that one's moment.
    """

    at: datetime
    follows_at_once: bool

    def is_when(self, moment: datetime | None) -> bool:
        if moment is None:
            return False
        earliest = self.at - SKEW if self.follows_at_once else self.at
        return earliest <= moment <= self.at


@dataclass(slots=True)
class Timed:
    """What one clock must have in its ledger, and the type of the case as it began."""

    user_type: str
    steps: list[tuple[str, When]]
    paused: int = 0
    ended: bool = False

    @property
    def began(self) -> When:
        return self.steps[0][1]

    def take(self, kind: Kind, when: When) -> None:
        """Let the clock take a step, if it can."""
        if self.ended or (kind == Kind.RESUME and not self.paused):
            return
        self.steps.append((kind, when))
        self.paused += (kind == Kind.PAUSE) - (kind == Kind.RESUME)
        self.ended = kind in (Kind.STOP, Kind.CANCEL)


@dataclass(slots=True)
class Story:
    """A case as its record tells it."""

    clocks: dict[Key, Timed] = field(default_factory=dict)
    acts: dict[str, list[When]] = field(default_factory=lambda: defaultdict(list))
    region: str = ""
    user_type: str = ""
    permit: When | None = None
    closed: When | None = None

    @classmethod
    def of(cls, events: Sequence[Event]) -> "Story":
        """Tell a case from its events, in order."""
        story = cls()
        for before, event in pairwise([None, *events]):
            assert event is not None
            at_once = before is not None and before.at == event.at
            story.hear(event, When(event.at, at_once))
        return story

    def hear(self, event: Event, when: When) -> None:
        """Let one more act happen."""
        if not {event.before, event.after} <= set(Status):
            return  # no act leaves such a thing: another promise names it
        self.acts[event.action].append(when)
        if isinstance(event.payload, dict):
            self.region = event.payload.get("region", self.region)
            self.user_type = event.payload.get("user_type", self.user_type)
        before, after = Status(event.before), Status(event.after)
        if event.action == "wait_for_permit":
            self.permit = when
            self._permit(Kind.PAUSE, when)
        elif event.action == "receive_permit":
            self.permit = None
            self._permit(Kind.RESUME, when)
        elif before != after:
            self._leave(before, after, when)
            self._total(before, after, when)
            self._enter(before, after, when)
        if STATUSES[after].closed and not STATUSES[before].closed:
            self.closed = when

    def _of(self, kind: str) -> Iterator[Timed]:
        return (timed for key, timed in self.clocks.items() if key[0] == kind)

    def _all(self, kind: str, act: Kind, when: When) -> None:
        for timed in self._of(kind):
            timed.take(act, when)

    @property
    def _is_three_zero(self) -> bool:
        return self.user_type in THREE_ZERO_TYPES

    def _permit(self, act: Kind, when: When) -> None:
        self._all(STAGE, act, when)
        if not self._is_three_zero:
            self._all(TOTAL, act, when)

    def _leave(self, before: Status, after: Status, when: When) -> None:
        left, entered = STATUSES[before].stage, STATUSES[after].stage
        if after == Status.WITHDRAWN:
            self._all(STAGE, Kind.CANCEL, when)
        elif left is not None and left is not entered:
            returned = after == Status.RETURNED
            self._all(STAGE, Kind.PAUSE if returned else Kind.STOP, when)
        if before == Status.RETURNED and entered is not None:
            self._all(STAGE, Kind.RESUME, when)

    def _total(self, before: Status, after: Status, when: When) -> None:
        facts = STATUSES[after]
        was_ours = STATUSES[before].turn is Turn.UTILITY
        is_ours = facts.turn is Turn.UTILITY
        if after == Status.ENERGISED:
            self._all(TOTAL, Kind.STOP, when)
        elif facts.closed and after != Status.ARCHIVED:
            self._all(TOTAL, Kind.CANCEL, when)
        elif not self._is_three_zero and was_ours != is_ours:
            self._all(TOTAL, Kind.RESUME if is_ours else Kind.PAUSE, when)

    def _enter(self, before: Status, after: Status, when: When) -> None:
        left, entered = STATUSES[before].stage, STATUSES[after].stage
        if before == Status.DRAFT:
            self._start(TOTAL, Stage.TOTAL, when)
        if entered is not None and entered is not left and before != Status.RETURNED:
            self._start(STAGE, entered, when)

    def _start(self, kind: str, stage: Stage, when: When) -> None:
        times = 1 + sum(key[:2] == (kind, stage.value) for key in self.clocks)
        self.clocks[kind, stage.value, times] = Timed(
            self.user_type, [(Kind.START, when)]
        )


def invariants() -> Iterator[Invariant]:
    """Yield every promise that ties rows to the record, with what breaks it."""
    timing, lost, moments, papers, types = [], [], [], [], []
    book = rulebook.current()
    limits = _national(book)
    for batch in _batches():
        clocks = _clocks_of(batch)
        for row in batch:
            name = str(row)
            story = Story.of(sorted(row.events.all(), key=lambda event: event.seq))
            held = clocks.pop(name, {})
            timing += [name] * (not all(_agrees(c, t, story) for c, t in held.items()))
            kept = {(c.kind, c.stage, c.round) for c in held if _is_national(c)}
            placed = row.region_id in book.parents
            lost += [name] * (not (placed and _due(story, row, limits) <= kept))
            moments += [name] * (not _moments_agree(row, story))
            papers += [name] * (not _papers_agree(row, story))
            filed = (story.region, story.user_type)
            types += [name] * ((row.region_id, row.user_type) != filed)
    yield Invariant("clock-retold", "计时的每一步都是办理记录里的一步", timing[:MOST])
    yield Invariant("clock-kept", "办过的每个有时限的环节都有计时", lost[:MOST])
    yield Invariant("case-kept", "每条办理记录和计时都有它的申请", _orphans())
    yield Invariant("moments-retold", "申请的各个时刻等于办理记录", moments[:MOST])
    yield Invariant("papers-retold", "供电方案和检查与办理记录一一对应", papers[:MOST])
    yield Invariant("type-retold", "申请的地区和用户类型等于办理记录", types[:MOST])


def _batches() -> Iterator[list[Application]]:
    last = 0
    while True:
        filed = Application.objects.filed().filter(pk__gt=last).order_by("pk")
        batch = list(filed.select_related("connection")[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        prefetch_related_objects(batch, "events", "plans", "inspections")
        yield batch


def _clocks_of(batch: list[Application]) -> dict[str, dict[Clock, Told]]:
    """Return each case's clocks, with the steps in their ledgers."""
    found: dict[str, dict[Clock, Told]] = defaultdict(dict)
    rows = Clock.objects.filter(
        kind__in=[STAGE, TOTAL], reference__in=[row.number for row in batch]
    )
    for held in ledger.open_books(rows):
        told = [
            (event.kind, event.at)
            for event in held.events
            if event.kind in ledger.MOMENTS and event.kind != Kind.EXTEND
        ]
        found[held.clock.reference][held.clock] = told
    return found


def _is_national(clock: Clock) -> bool:
    return clock.level == Level.NATIONAL


def _agrees(clock: Clock, told: Told, story: Story) -> bool:
    """Tell whether a clock did what the record says, and is where the record allows."""
    timed = story.clocks.get((clock.kind, clock.stage, clock.round))
    if timed is None or clock.region_id != story.region:
        return False
    if clock.exempt_reported and not story.acts[FLAGGED]:
        return False
    if clock.kind == STAGE and clock.user_type != timed.user_type:
        return False
    steps = timed.steps
    if not _is_national(clock) and told and told[-1][0] == Kind.CANCEL:
        # A promise may end with the user type that it was made to.
        told = told[:-1]
        steps = steps[: len(told)]
    return len(told) == len(steps) and all(
        kind == act and when.is_when(moment)
        for (kind, moment), (act, when) in zip(told, steps, strict=True)
    )


def _due(story: Story, row: Application, limits: Limits) -> set[Key]:
    """Return the clocks that a national limit in force asks for."""
    return {
        key
        for key, timed in story.clocks.items()
        if any(
            limits(row.region_id, timed.user_type, stage, day_of(timed.began.at))
            for stage in _limiting(key, timed)
        )
    }


def _limiting(key: Key, timed: Timed) -> Sequence[str]:
    """Return the stages whose limits ask for a clock."""
    kind, stage, _times = key
    summed = kind == TOTAL and timed.user_type not in THREE_ZERO_TYPES
    return STEPS if summed else [stage]


def _national(book: rulebook.RuleBook) -> Limits:
    """Return whether a national limit was in force; each question is asked once."""

    @cache
    def in_force(region: str | None, user_type: str, stage: str, on: date) -> bool:
        rows = book.limits_for(region or "", user_type, stage, on)
        return any(row.policy.level == Level.NATIONAL for row in rows)

    return in_force


def _moments_agree(row: Application, story: Story) -> bool:
    connection = getattr(row, "connection", None)
    pairs: list[tuple[datetime | None, When | None]] = [
        (row.submitted_at, _last(story.acts["submit"])),
        (row.accepted_at, _last(story.acts["accept"])),
        (row.energised_at, _last(story.acts["energise"])),
        (connection and connection.energised_at, _last(story.acts["energise"])),
        (row.closed_at, story.closed),
        (row.permit_since, story.permit),
    ]
    return all(_same(moment, when) for moment, when in pairs)


def _last(acts: Sequence[When]) -> When | None:
    return acts[-1] if acts else None


def _same(moment: datetime | None, when: When | None) -> bool:
    return moment is None if when is None else when.is_when(moment)


def _papers_agree(row: Application, story: Story) -> bool:
    checks = row.inspections.all()
    plans = [plan.replied_at for plan in row.plans.all()]
    return (
        _in_step(plans, story.acts["reply_plan"])
        and all(
            _in_step([c.reported_at for c in checks if c.stage == stage], acts)
            for stage, acts in ((s, story.acts[act]) for act, s in REPORTS.items())
        )
        and all(
            _in_step(
                [c.concluded_at for c in checks if (c.stage, c.passed) == verdict],
                story.acts[act],
            )
            for act, verdict in VERDICTS.items()
        )
    )


def _in_step(moments: Sequence[datetime | None], acts: Sequence[When]) -> bool:
    told = sorted(moment for moment in moments if moment is not None)
    return len(told) == len(acts) and all(map(_same, told, acts))


def _orphans() -> list[str]:
    cases = Application.objects.filter(pk=OuterRef("application_id"))
    events = Event.objects.filter(~Exists(cases)).order_by("pk")[:MOST]
    named = Application.objects.filter(number=OuterRef("reference"))
    clocks = Clock.objects.filter(kind__in=[STAGE, TOTAL]).filter(~Exists(named))
    return [*map(str, events), *map(str, clocks.order_by("pk")[:MOST])][:MOST]
