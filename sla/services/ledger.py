"""From ledger rows to what a clock shows: the one place where the cache is derived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sla.engine import Limit, Moment, Reckoning, WorkCalendar, reckon
from sla.models import Clock, ClockEvent
from sla.services import calendars
from sla.vocabulary import ClockEventKind, ClockState

Kind = ClockEventKind
SYSTEM = "系统"

# What the engine hears of; the rest of the ledger is about the clock, not of it.
MOMENTS = (Kind.START, Kind.PAUSE, Kind.RESUME, Kind.STOP, Kind.CANCEL, Kind.EXTEND)
CACHE = (
    "user_type", "policy_limit", "limit_value", "limit_summed", "limit_unit",
    "calendar_version", "state", "due_at", "warn_at", "next_event_at", "paused_at",
    "stopped_at", "breached_at", "provisional", "exempt_reported", "last_seq",
)  # fmt: skip

# Up to here single updates are cheaper than building one statement for all.
FEW = 2


@dataclass
class Book:
    """Hold one locked clock with its ledger, and the rows that are to be added."""

    clock: Clock
    events: list[ClockEvent]
    new: list[ClockEvent] = field(default_factory=list)
    touched: bool = False  # a pin changed, though nothing happened

    def add(
        self,
        kind: str,
        at: datetime,
        *,
        by: str,
        reason: str = "",
        value: int | None = None,
        payload: dict[str, Any] | None = None,
    ) -> None:
        """Append one row to the ledger, next in order."""
        self.clock.last_seq += 1
        event = ClockEvent(
            clock=self.clock,
            seq=self.clock.last_seq,
            at=at,
            kind=kind,
            reason=reason,
            by=by,
            value=value,
            payload=payload or {},
        )
        self.events.append(event)
        self.new.append(event)


def open_books(clocks: Iterable[Clock]) -> list[Book]:
    """Put each clock together with its ledger; one query, whatever their number."""
    books = {clock.pk: Book(clock, []) for clock in clocks}
    if books:
        rows = ClockEvent.objects.filter(clock__in=list(books)).order_by("clock", "seq")
        for event in rows:
            books[event.clock_id].events.append(event)
    return list(books.values())


def moments(events: Sequence[ClockEvent]) -> tuple[int, list[Moment]]:
    """Turn ledger rows into the limit a clock started with and the engine's moments.

    A `recompute` that corrects the limit puts right the last row that set one, as if
    the policy had said so from the beginning.
    """
    told: list[Moment] = []
    setter = 0
    for event in events:
        if event.kind == Kind.RECOMPUTE and event.value is not None:
            told[setter] = replace(told[setter], value=event.value)
        elif event.kind in MOMENTS:
            if event.kind in (Kind.START, Kind.EXTEND):
                setter = len(told)
            told.append(Moment(event.at, event.kind, event.reason, event.value))
    return told[0].value or 0, [replace(told[0], value=None), *told[1:]]


def unit_of(events: Sequence[ClockEvent]) -> str:
    """Give the unit a clock counts in: as it started, or as a correction said."""
    units = [event.payload["unit"] for event in events if "unit" in event.payload]
    return str(units[-1])


def exempt(events: Sequence[ClockEvent]) -> bool:
    """Tell whether the ledger last put a clock into the bucket “受限已报备”."""
    told = [e.payload["exempt"] for e in events if "exempt" in e.payload]
    return bool(told and told[-1])


def reckoned(
    events: Sequence[ClockEvent], calendar: WorkCalendar, at: datetime
) -> Reckoning:
    """Replay a ledger through the engine; raise BadHistory if it cannot have been."""
    value, history = moments(events)
    return reckon(Limit(value, unit_of(events)), history, calendar, at)


def derive(book: Book, at: datetime, calendar: WorkCalendar | None = None) -> Reckoning:
    """Set the cached fields of a clock from its ledger.

    A recorded breach stands: its due moment stays where it was and no later calendar,
    limit or stop turns the clock into one that was on time.
    """
    clock = book.clock
    if calendar is None:
        calendar = calendars.edition(clock.calendar_version)
    result = reckoned(book.events, calendar, at)
    breach = next((e for e in book.events if e.kind == Kind.BREACH), None)
    clock.breached_at = breach.at if breach else None
    clock.limit_value, clock.limit_unit = result.limit.value, result.limit.unit
    clock.state = result.state
    clock.stopped_at = result.stopped_at
    if breach:
        if result.state == "met":
            clock.state = ClockState.MISSED
        clock.due_at = breach.at
    else:
        clock.due_at, clock.warn_at = result.due_at, result.warn_at
        clock.provisional = result.provisional
    clock.paused_at = (
        last_pause(book.events) if clock.state == ClockState.PAUSED else None
    )
    clock.next_event_at = next_moment(clock, book.events)
    return result


def last_pause(events: Sequence[ClockEvent]) -> datetime:
    """Give the moment since which a paused clock has stood without a break."""
    depth, since = 0, events[0].at
    for event in events:
        if event.kind == Kind.PAUSE:
            since = event.at if depth == 0 else since
            depth += 1
        elif event.kind == Kind.RESUME:
            depth = max(0, depth - 1)
    return since


def next_moment(clock: Clock, events: Sequence[ClockEvent]) -> datetime | None:
    """Give the next moment the sweep has to mark: the warning, then the breach."""
    if clock.state != ClockState.RUNNING or clock.breached_at or clock.due_at is None:
        return None
    warned = max((e.at for e in events if e.kind == Kind.WARN), default=None)
    if clock.warn_at and (warned is None or warned < clock.warn_at):
        return clock.warn_at
    return clock.due_at


def settle(book: Book, at: datetime) -> None:
    """Write the warnings and the breach that came due before `at` and nobody swept.

    They carry their true moments, so a sweeper that was down leaves the same rows.
    """
    clock = book.clock
    while clock.next_event_at is not None and clock.next_event_at < at:
        if clock.next_event_at == clock.due_at:
            book.add(Kind.BREACH, clock.due_at, by=SYSTEM)
            clock.breached_at, clock.next_event_at = clock.due_at, None
        else:
            book.add(Kind.WARN, clock.next_event_at, by=SYSTEM)
            clock.next_event_at = clock.due_at


def save(books: Sequence[Book]) -> None:
    """Write new ledger rows and the derived fields, in a constant number of queries."""
    new = [event for book in books for event in book.new]
    if new:
        ClockEvent.objects.bulk_create(new)
    changed = [book.clock for book in books if book.new or book.touched]
    if len(changed) <= FEW:
        for clock in changed:
            clock.save(update_fields=CACHE)
        return
    # An upsert on the key: bulk_update would compare every row with every other.
    Clock.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=CACHE
    )
