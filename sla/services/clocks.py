"""Start, pause, resume, extend and stop clocks; every act is one row in each ledger.

An act is one transaction. Inside its caller's it is a part of that one, without a
savepoint: where the clocks refuse, everything is undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sla.engine import day_of
from sla.models import Clock, ClockEvent, PolicyLimit, Region
from sla.services import calendars, ledger, rulebook
from sla.services.ledger import Book
from sla.services.moves import ClockRefused as ClockRefused
from sla.services.moves import Step, move, not_before
from sla.vocabulary import ClockEventKind as Kind
from sla.vocabulary import Level, Unit


@dataclass(frozen=True, slots=True)
class Start:
    """What begins to be timed: a stage or a whole, for the how-manieth time.

    `limit` replaces the national limit (the sum of the steps that a route really runs),
    in the unit of the policy or else in `unit`; a city's promise keeps its own.
    """

    kind: str
    stage: str
    round: int = 1
    limit: int | None = None
    unit: str = Unit.WORKING_DAY


def start(
    *,
    kind: str,
    reference: str,
    region: str | Region,
    user_type: str,
    stage: str,
    at: datetime,
    by: str,
    round: int = 1,  # noqa: A002 -- the trade's own word
    limit: int | None = None,
) -> list[Clock]:
    """Start one clock per level in force, as `begin` does for several stages."""
    return begin(
        [Start(kind, stage, round, limit)],
        reference=reference,
        region=region,
        user_type=user_type,
        at=at,
        by=by,
    )


@transaction.atomic(savepoint=False)
def begin(
    starts: Sequence[Start],
    *,
    reference: str,
    region: str | Region,
    user_type: str,
    at: datetime,
    by: str,
    exempt: str = "",
) -> list[Clock]:
    """Start one clock per level in force for each stage; none where no limit exists.

    With a reason to be `exempt` they start in the bucket 受限已报备. Raises
    UnknownRegion; BadHistory for a naive moment; ClockRefused if one runs.
    """
    rules = rulebook.current()
    region = region.code if isinstance(region, Region) else region
    on = day_of(at)
    books = []
    for wanted in starts:
        limits = rules.limits_for(region, user_type, wanted.stage, on)
        rows: dict[str, PolicyLimit | None] = {row.policy.level: row for row in limits}
        if wanted.limit is not None:
            rows.setdefault(Level.NATIONAL, None)
        for level, row in rows.items():
            clock = Clock(
                kind=wanted.kind,
                reference=reference,
                region_id=region,
                user_type=user_type,
                stage=wanted.stage,
                level=level,
                round=wanted.round,
                policy_limit=row,
                limit_summed=wanted.limit is not None and level == Level.NATIONAL,
                started_at=at,
            )
            books.append(_opened(clock, row, wanted, at, by))
    if not books:
        return []
    version, calendar = calendars.pinned(rules, region)
    for book in books:
        book.clock.calendar_version = version
        ledger.derive(book, at, calendar)
        if exempt:
            _put(book, exempt=True, at=at, by=by, reason=exempt)
    return _insert(books)


def _opened(
    clock: Clock, row: PolicyLimit | None, wanted: Start, at: datetime, by: str
) -> Book:
    value = wanted.limit if clock.limit_summed or row is None else row.value
    unit = row.unit if row else wanted.unit
    book = Book(clock, [])
    book.add(Kind.START, at, by=by, value=value, payload={"unit": unit})
    return book


def _insert(books: Sequence[Book]) -> list[Clock]:
    try:
        clocks = Clock.objects.bulk_create([book.clock for book in books])
    except IntegrityError as twice:
        clock = books[0].clock
        raise ClockRefused(
            _("%(number)s 的“%(stage)s”第 %(round)s 次计时已经开始。")
            % {
                "number": clock.reference,
                "stage": clock.get_stage_display(),
                "round": clock.round,
            }
        ) from twice
    ClockEvent.objects.bulk_create([event for book in books for event in book.new])
    return clocks


def next_round(*, reference: str, kind: str, stage: str) -> int:
    """Give the round in which a stage would run again (after rectification)."""
    last = Clock.objects.of(reference).filter(kind=kind, stage=stage)
    return (last.aggregate(last=Max("round"))["last"] or 0) + 1


def pause(
    *,
    reference: str,
    stages: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    at: datetime,
    by: str,
    reason: str,
) -> list[Clock]:
    """Pause all open clocks that match; pauses may overlap and merge."""
    steps = [Step(Kind.PAUSE, reason, kinds, stages)]
    return move(reference=reference, steps=steps, at=at, by=by)


def resume(
    *,
    reference: str,
    stages: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    at: datetime,
    by: str,
    reason: str = "",
) -> list[Clock]:
    """Take one pause back on all clocks that match; running ones stay as they are."""
    steps = [Step(Kind.RESUME, reason, kinds, stages)]
    return move(reference=reference, steps=steps, at=at, by=by)


def stop(
    *,
    reference: str,
    stages: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    at: datetime,
    by: str,
    reason: str = "",
) -> list[Clock]:
    """End all open clocks that match, each met or missed by its own due moment."""
    steps = [Step(Kind.STOP, reason, kinds, stages)]
    return move(reference=reference, steps=steps, at=at, by=by)


def cancel(
    *,
    reference: str,
    stages: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    at: datetime,
    by: str,
    reason: str = "",
) -> list[Clock]:
    """End all open clocks that match without a judgement (withdrawn, returned)."""
    steps = [Step(Kind.CANCEL, reason, kinds, stages)]
    return move(reference=reference, steps=steps, at=at, by=by)


def _locked(reference: str, at: datetime, **which: str) -> list[Book]:
    """Lock the open clocks that match, with their ledgers settled to `at`."""
    found = Clock.objects.of(reference).open().filter(**which)
    books = ledger.open_books(found.select_for_update().order_by("pk"))
    for book in books:
        ledger.settle(book, at)
    return books


@transaction.atomic(savepoint=False)
def extend(
    *,
    reference: str,
    stage: str,
    kind: str,
    value: int | None = None,
    user_type: str | None = None,
    at: datetime,
    by: str,
    reason: str,
) -> list[Clock]:
    """Give open clocks another limit: `value`, or what the new user type is due.

    `value` is for the national clock; a promise follows the user type and ends where
    the new type has none. A breach that is on record stands: the ledger notes the new
    limit and nothing moves. Raises ClockRefused if no limit or another unit results.
    """
    rules = rulebook.current()
    books = _locked(reference, at, stage=stage, kind=kind)
    for book in books:
        _give_limit(book, rules, value, user_type, at, by, reason)
    ledger.save(books)
    return [book.clock for book in books]


def _give_limit(
    book: Book,
    rules: rulebook.RuleBook,
    value: int | None,
    user_type: str | None,
    at: datetime,
    by: str,
    reason: str,
) -> None:
    clock, at = book.clock, not_before(book, at)
    fixed = value is not None and clock.level == Level.NATIONAL
    row = resolve(clock, rules, user_type or clock.user_type)
    if row is None and not fixed:
        if clock.level == Level.PROMISE:
            book.add(Kind.CANCEL, at, by=by, reason=reason)
            ledger.derive(book, at)
            return
        raise ClockRefused(_("%s：新的用户类型没有对应的时限。") % clock.reference)
    if row is not None and row.unit != clock.limit_unit:
        raise ClockRefused(_("%s：新时限的单位不同，不能变更。") % clock.reference)
    new = value if fixed else row.value  # type: ignore[union-attr]
    assert new is not None
    before = {"limit": clock.limit_value, "user_type": clock.user_type}
    after = {"limit": new, "user_type": user_type or clock.user_type}
    if before == after:
        return
    payload = {"before": before, "after": after}
    clock.user_type = user_type or clock.user_type
    clock.policy_limit = row
    if clock.breached_at is not None:
        book.add(Kind.ANNOTATE, at, by=by, reason=reason, payload=payload)
        return
    clock.limit_summed = fixed
    book.add(Kind.EXTEND, at, by=by, reason=reason, value=new, payload=payload)
    ledger.derive(book, at)


def resolve(
    clock: Clock, rules: rulebook.RuleBook, user_type: str
) -> PolicyLimit | None:
    """Give the limit in force for a clock's level on the day it started."""
    on = day_of(clock.started_at)
    rows = rules.limits_for(clock.region_id, user_type, clock.stage, on)
    return next((row for row in rows if row.policy.level == clock.level), None)


@transaction.atomic(savepoint=False)
def mark_exempt(
    *, reference: str, at: datetime, by: str, reason: str, exempt: bool = True
) -> list[Clock]:
    """Put the open clocks of a case into the bucket “受限已报备”, or take them out.

    They go on running: an exempt case is never counted as on time.
    """
    books = _locked(reference, at)
    for book in books:
        if book.clock.exempt_reported != exempt:
            _put(book, exempt=exempt, at=at, by=by, reason=reason)
    ledger.save(books)
    return [book.clock for book in books]


def _put(book: Book, *, exempt: bool, at: datetime, by: str, reason: str) -> None:
    """Put one clock into the bucket “受限已报备”, or take it out."""
    book.clock.exempt_reported = exempt
    book.add(Kind.ANNOTATE, at, by=by, reason=reason, payload={"exempt": exempt})
