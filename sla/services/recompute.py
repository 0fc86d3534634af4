"""Move open deadlines after a calendar or a policy changed: first seen, then done.

Closed clocks are never touched and a recorded breach stands: it is annotated with what
the new rules would say. Every run compares all open clocks with the rules of today, so
one that was killed half-way is simply run again, and a second run changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sla.engine import SHANGHAI
from sla.models import Clock, ClockEvent, PolicyLimit
from sla.services import calendars, clocks, ledger, rulebook
from sla.services.ledger import Book
from sla.vocabulary import ClockEventKind as Kind
from sla.vocabulary import Level, stage_label
from sla.words import strung

BATCH = 2000
SHOWN = 200
REASON = "日历或政策变更"
WHAT = {
    "moved": gettext_lazy("移动"),
    "confirmed": gettext_lazy("确定"),
    "unsettled": gettext_lazy("变为暂定"),
    "lifted": gettext_lazy("超期不再成立（加注）"),
    "breach_moved": gettext_lazy("超期日期有变（加注）"),
}


@dataclass(frozen=True)
class Change:
    """Say what happens to one clock; dates are what people see, None while paused."""

    reference: str
    stage: str
    level: str
    before: datetime | None
    after: datetime | None
    limit_before: int
    limit_after: int
    what: str  # one of WHAT

    @property
    def stage_label(self) -> str:
        return stage_label(self.stage)

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)

    @property
    def what_label(self) -> str:
        return str(WHAT[self.what])


@dataclass
class RecomputePlan:
    """Count what a recomputation changes, or would change."""

    moved: int = 0
    lifted: int = 0  # recorded breaches that the new rules would not have seen
    annotated: int = 0  # recorded breaches with another date now, the lifted included
    confirmed: int = 0  # provisional dates that became definite and stayed
    unsettled: int = 0  # definite dates that became provisional: a notice was withdrawn
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """Tell an operator what this means: every open clock is in one number."""
        parts = [
            _("%d 条期限移动") % self.moved,
            _("%d 条暂定日期确定") % self.confirmed,
            _("%d 条超期按新规则不成立（原记录保留并加注）") % self.lifted,
        ]
        if self.annotated > self.lifted:
            redated = self.annotated - self.lifted
            parts.append(_("%d 条超期日期有变（加注）") % redated)
        if self.unsettled:
            parts.append(_("%d 条变为暂定") % self.unsettled)
        return strung([*parts, _("%d 条不变。") % self.unchanged])

    def count(self, change: Change | None) -> None:
        """Take one clock into account."""
        if change is None:
            self.unchanged += 1
            return
        if change.what == "moved":
            self.moved += 1
        elif change.what == "confirmed":
            self.confirmed += 1
        elif change.what == "unsettled":
            self.unsettled += 1
        else:
            self.annotated += 1
            self.lifted += change.what == "lifted"
        if len(self.changes) < SHOWN:
            self.changes.append(change)


def preview(*, at: datetime) -> RecomputePlan:
    """Say what `run` would change now, without changing anything."""
    plan, rules = RecomputePlan(), rulebook.current()
    for batch in _batches():
        stale = [clock for clock in batch if is_stale(clock, rules)]
        plan.unchanged += len(batch) - len(stale)
        for book in ledger.open_books(stale):
            plan.count(_apply(book, rules, at, ledger.SYSTEM))
    return plan


def run(*, at: datetime, by: str) -> RecomputePlan:
    """Bring open clocks to the rules of today; one transaction per batch."""
    plan, rules = RecomputePlan(), rulebook.current()
    for batch in _batches():
        stale = [clock.pk for clock in batch if is_stale(clock, rules)]
        plan.unchanged += len(batch) - len(stale)
        if stale:
            _run_batch(stale, rules, plan, at, by)
    return plan


@transaction.atomic
def _run_batch(
    stale: list[int],
    rules: rulebook.RuleBook,
    plan: RecomputePlan,
    at: datetime,
    by: str,
) -> None:
    locked = Clock.objects.open().filter(pk__in=stale).select_for_update()
    books = ledger.open_books(locked.order_by("pk"))
    for region in {book.clock.region_id for book in books}:
        calendars.pinned(rules, region)
    for book in books:
        plan.count(_apply(book, rules, at, by))
    ledger.save(books)


def _batches() -> Iterator[list[Clock]]:
    last = 0
    while True:
        batch = list(Clock.objects.open().filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def is_stale(clock: Clock, rules: rulebook.RuleBook) -> bool:
    """Tell whether the rules of today may say something else than the clock shows."""
    if clock.calendar_version != rules.calendar(clock.region_id)[0]:
        return True
    row = clocks.resolve(clock, rules, clock.user_type)
    return row is not None and (
        clock.policy_limit_id != row.pk or _corrects(clock, row)
    )


def _corrects(clock: Clock, row: PolicyLimit) -> bool:
    """Tell whether a policy row gives another limit than the one that runs."""
    runs = (clock.limit_value, clock.limit_unit)
    return not clock.limit_summed and (row.value, row.unit) != runs


def _apply(
    book: Book, rules: rulebook.RuleBook, at: datetime, by: str
) -> Change | None:
    """Bring one clock to the rules of today, in memory; give the change, if any."""
    ledger.settle(book, at)
    clock = book.clock
    version, _rules, calendar = rules.calendar(clock.region_id)
    row = clocks.resolve(clock, rules, clock.user_type)
    correction = _correction(clock, row, at)
    result = ledger.reckoned([*book.events, *correction], calendar, at)
    change = Change(
        reference=clock.reference,
        stage=clock.stage,
        level=clock.level,
        before=clock.due_at,
        after=result.due_at,
        limit_before=clock.limit_value,
        limit_after=result.limit.value,
        what="moved",
    )
    if clock.breached_at is not None:
        what = "breach_moved" if result.overdue else "lifted"
        return _annotate(book, replace(change, what=what), at, by)
    was_provisional = clock.provisional
    moved = bool(correction) or result.due_at != clock.due_at
    if moved:
        _record(book, change, correction, [clock.calendar_version, version], at, by)
    clock.calendar_version = version
    clock.policy_limit = row or clock.policy_limit
    book.touched = True
    ledger.derive(book, at, calendar)
    if moved:
        return change
    if was_provisional == clock.provisional:
        return None
    return replace(change, what="confirmed" if was_provisional else "unsettled")


def _correction(
    clock: Clock, row: PolicyLimit | None, at: datetime
) -> list[ClockEvent]:
    """Make the ledger row that puts the limit right, if the policy was corrected."""
    if row is None or not _corrects(clock, row):
        return []
    payload = {"unit": row.unit}
    return [ClockEvent(kind=Kind.RECOMPUTE, at=at, value=row.value, payload=payload)]


def _record(
    book: Book,
    change: Change,
    correction: list[ClockEvent],
    versions: list[str],
    at: datetime,
    by: str,
) -> None:
    payload = {**_dates(change), "calendar_version": versions}
    value = None
    if correction:
        value = correction[0].value
        payload |= correction[0].payload
    book.add(Kind.RECOMPUTE, at, by=by, reason=REASON, value=value, payload=payload)


def _annotate(book: Book, change: Change, at: datetime, by: str) -> Change | None:
    """Note beside a recorded breach what the new rules would say, once."""
    payload = {"breach": change.what, **_dates(change)}
    told = [e.payload for e in book.events if e.kind == Kind.ANNOTATE]
    if change.after == change.before or payload in told:
        return None
    book.add(Kind.ANNOTATE, at, by=by, reason=REASON, payload=payload)
    return change


def _dates(change: Change) -> dict[str, Any]:
    return {
        "due_at": [_iso(change.before), _iso(change.after)],
        "limit": [change.limit_before, change.limit_after],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat() if moment else None
