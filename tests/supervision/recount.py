"""The figures once more, by another road: every ledger replayed, counted in a loop."""

from collections import Counter
from datetime import datetime

from applications.classification import THREE_ZERO_TYPES
from sla.engine import SHANGHAI, Reckoning
from sla.models import Clock
from sla.services import ledger, reckonings
from sla.vocabulary import Level

Told = tuple[Clock, Reckoning]


def basis_of(clock: Clock) -> str:
    """Name the measure of a clock."""
    if clock.kind == "stage":
        return "stage"
    return "whole" if clock.user_type in THREE_ZERO_TYPES else "steps"


def replayed(at: datetime) -> list[Told]:
    """Replay every national clock that had begun."""
    clocks = Clock.objects.filter(level=Level.NATIONAL, started_at__lte=at)
    books = ledger.open_books(clocks)
    return [(b.clock, reckonings.replay(b.clock, b.events, at)) for b in books]


def bucket_of(clock: Clock, told: Reckoning, at: datetime) -> str:
    """Say in which bucket one clock stands at a moment."""
    if told.state == "cancelled":
        return "cancelled"
    if clock.exempt_reported:
        return "exempt_open" if told.state in {"running", "paused"} else "exempt_closed"
    if told.state != "running":
        return told.state
    if told.overdue:
        return "overdue"
    today = at.astimezone(SHANGHAI).date()
    return "due_today" if told.due_on == today else "normal"


def clocks(at: datetime, since: datetime | None, **wanted: str) -> Counter[str]:
    """Count the clocks of one measure (and stage, user type, region) by bucket."""
    found: Counter[str] = Counter()
    for clock, told in replayed(at):
        facts = {
            "basis": basis_of(clock),
            "stage": clock.stage,
            "user_type": clock.user_type,
            "region": clock.region_id,
        }
        if any(facts[name] != value for name, value in wanted.items()):
            continue
        stopped = told.stopped_at
        if stopped and since and stopped < since:
            continue
        found[bucket_of(clock, told, at)] += 1
    return found


def in_hand(at: datetime) -> Counter[str]:
    """Count open cases, each in one bucket."""
    cases: dict[str, list[str]] = {}
    for clock, told in replayed(at):
        bucket = bucket_of(clock, told, at)
        if bucket in {"exempt_open", "overdue", "due_today", "normal", "paused"}:
            cases.setdefault(clock.reference, []).append(bucket)
    order = ["exempt_open", "overdue", "due_today", "normal", "paused"]
    return Counter(next(b for b in order if b in seen) for seen in cases.values())
