"""Move clocks that run: several steps of one case in one go, one row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from sla.engine import SHANGHAI
from sla.models import Clock
from sla.services import ledger
from sla.services.ledger import Book
from sla.vocabulary import ClockEventKind as Kind
from sla.vocabulary import ClockState

SKEW = timedelta(minutes=1)


class ClockRefused(ValueError):
    """Say why a clock cannot do what was asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act on the open clocks of some kinds and stages; None means all of them."""

    act: Kind
    reason: str
    kinds: Sequence[str] | None = None
    stages: Sequence[str] | None = None

    def concerns(self, clock: Clock) -> bool:
        """Tell whether the act is for this clock."""
        return (self.kinds is None or clock.kind in self.kinds) and (
            self.stages is None or clock.stage in self.stages
        )


@transaction.atomic(savepoint=False)
def move(
    *, reference: str, steps: Sequence[Step], at: datetime, by: str
) -> list[Clock]:
    """Take several steps on the clocks of one case at once; give those that moved.

    A resumption takes one pause back; clocks that run already stay as they are.
    """
    found = Clock.objects.of(reference).open().select_for_update().order_by("pk")
    books = ledger.open_books(
        [clock for clock in found if any(step.concerns(clock) for step in steps)]
    )
    moved: list[Clock] = []
    for book in books:
        ledger.settle(book, at)
        for step in steps:
            if step.concerns(book.clock) and _can_take(step, book.clock):
                _take(step, book, at, by)
                moved.append(book.clock)
    ledger.save(books)
    return moved


def _can_take(step: Step, clock: Clock) -> bool:
    if step.act == Kind.RESUME:
        return clock.state == ClockState.PAUSED
    return clock.is_open


def _take(step: Step, book: Book, at: datetime, by: str) -> None:
    moment = not_before(book, at)
    book.add(step.act, moment, by=by, reason=step.reason)
    ledger.derive(book, moment)


def not_before(book: Book, at: datetime) -> datetime:
    """Give the moment to record: `at`, or the last one if another server was ahead.

    Two requests read the time before they wait for the lock, so the later writer may
    hold the earlier moment; the ledger keeps its order. Beyond a minute it is no skew.
    """
    last = max(event.at for event in book.events if event.kind in ledger.MOMENTS)
    if at >= last:
        return at
    if last - at <= SKEW:
        return last
    raise ClockRefused(
        f"{book.clock.reference}：{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 早于"
        f"上一条记录 {last.astimezone(SHANGHAI):%Y-%m-%d %H:%M}。"
    )
