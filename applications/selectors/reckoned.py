"""Clocks with their ledgers replayed: read together, so that all pages count alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sla.engine import Reckoning, day_of
from sla.models import Clock, ClockEvent
from sla.services import ledger, reckonings
from sla.vocabulary import Level, Stage


@dataclass(frozen=True)
class Timed:
    """One clock, its ledger, and where it stands at the moment asked for."""

    clock: Clock
    events: tuple[ClockEvent, ...]
    reckoning: Reckoning
    at: datetime

    @property
    def is_open(self) -> bool:
        return self.clock.is_open

    @property
    def due_on(self) -> date | None:
        """Return the recorded last day; a breach keeps the day it was missed."""
        return self.clock.due_on

    @property
    def ended_on(self) -> date | None:
        ended = self.clock.stopped_at
        return day_of(ended) if ended else None

    @property
    def used(self) -> int:
        return self.reckoning.used

    @property
    def limit(self) -> int:
        return self.reckoning.limit.value

    @property
    def unit(self) -> str:
        return self.reckoning.limit.unit

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def tone(self) -> str:
        """Return the tone of a chip (templates/parts/chip.html)."""
        return self.clock.tone_at(self.at)

    @property
    def paused_since(self) -> date | None:
        since = self.clock.paused_at
        return day_of(since) if since else None


def of_many(references: Iterable[str], *, at: datetime) -> dict[str, list[Timed]]:
    """Return the clocks of these numbers in order of their start, in two queries."""
    clocks = Clock.objects.filter(reference__in=list(references)).select_related(
        "policy_limit__policy"
    )
    return replayed(clocks, at=at)


def replayed(clocks: QuerySet[Clock], *, at: datetime) -> dict[str, list[Timed]]:
    """Return these clocks by their numbers, in order of their start, in two queries."""
    found: dict[str, list[Timed]] = {}
    for book in ledger.open_books(clocks.order_by("started_at", "pk")):
        found.setdefault(book.clock.reference, []).append(_timed(book, at))
    return found


def of(reference: str | None, *, at: datetime) -> list[Timed]:
    """Return the clocks of one number; a draft has none."""
    if reference is None:
        return []
    return of_many([reference], at=at).get(reference, [])


def _timed(book: ledger.Book, at: datetime) -> Timed:
    # Another process started it by a clock that is a moment ahead of ours.
    at = max(at, book.clock.started_at)
    reckoning = reckonings.replay(book.clock, book.events, at)
    return Timed(book.clock, tuple(book.events), reckoning, at)


def leading(clocks: Iterable[Timed]) -> Timed | None:
    """Return the open clock that a person is told about first.

    The stage at hand before the whole, and what the city promised before what the state
    requires: the promise is the earlier of the two.
    """
    opened = [timed for timed in clocks if timed.is_open]
    opened.sort(
        key=lambda timed: (
            timed.clock.stage == Stage.TOTAL,
            timed.clock.level != Level.PROMISE,
        )
    )
    return opened[0] if opened else None
