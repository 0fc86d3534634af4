"""What clocks and policies promise, checked row by row against the ledger."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from sla.engine import Unreckonable
from sla.invariants import Invariant
from sla.models import Clock, ClockEvent, Policy
from sla.services import ledger, policies
from sla.services.calendars import EditionMissing
from sla.services.ledger import Book
from sla.vocabulary import ClockEventKind as Kind

BATCH = 2000
REBUILT = (
    "state", "due_at", "warn_at", "next_event_at", "paused_at", "stopped_at",
    "breached_at", "provisional", "limit_value", "limit_unit", "started_at",
    "exempt_reported",
)  # fmt: skip


def invariants(at: datetime) -> Iterator[Invariant]:
    """Check every promise of this floor as of `at`; none of them changes anything."""
    yield Invariant("clock-ledger", "每个时钟的记录从第1条起连续无缺", _gaps())
    yield Invariant("clock-start", "每个时钟恰有一条开始记录，并且是第一条", _starts())
    yield Invariant(
        "clock-cache", "时钟显示的期限和状态都能由记录重新推出", list(_rebuilt(at))
    )
    yield Invariant(
        "clock-breach", "超期时钟恰有一条超期记录，时刻就是期限", _breaches()
    )
    yield Invariant("clock-end", "时钟结束之后除备注外不再有记录", list(_after_end()))
    yield Invariant(
        "clock-basis", "时钟的依据与它的环节、用户类型和层级相符", _groundless()
    )
    yield Invariant("policy-sum", "时限合计等于各环节之和", list(_sums()))
    yield Invariant("policy-period", "同一时限在同一时间只有一个依据", list(_twice()))


def _gaps() -> list[str]:
    counted = Clock.objects.annotate(rows=Count("events"), last=Max("events__seq"))
    broken = counted.exclude(rows=F("last_seq"), last=F("last_seq"))
    clocks = Clock.objects.filter(pk=OuterRef("clock_id"))
    lost = ClockEvent.objects.filter(~Exists(clocks)).order_by("pk")
    return [
        f"{reference} {stage}：有 {rows} 条记录，应为 {last} 条"
        for reference, stage, rows, last in broken.order_by("pk").values_list(
            "reference", "stage", "rows", "last_seq"
        )
    ] + [f"{event}：没有时钟" for event in lost]


def _starts() -> list[str]:
    is_start = Q(events__kind=Kind.START)
    counted = Clock.objects.annotate(
        starts=Count("events", filter=is_start),
        first=Count("events", filter=is_start & Q(events__seq=1)),
    )
    return [str(c) for c in counted.exclude(starts=1, first=1).order_by("pk")]


def _breaches() -> list[str]:
    noted = ClockEvent.objects.filter(kind=Kind.BREACH)
    wrong = noted.exclude(at=F("clock__breached_at"), clock__due_at=F("at"))
    broken = [f"{event.clock}：{event}" for event in wrong.select_related("clock")]
    silent = Clock.objects.exclude(breached_at=None).exclude(
        pk__in=noted.values("clock")
    )
    return broken + [f"{clock}：没有超期记录" for clock in silent]


def _after_end() -> Iterator[str]:
    ends = ClockEvent.objects.filter(kind__in=(Kind.STOP, Kind.CANCEL))
    later = ClockEvent.objects.filter(
        Exists(ends.filter(clock=OuterRef("clock"), seq__lt=OuterRef("seq")))
    ).exclude(kind=Kind.ANNOTATE)
    for event in later.select_related("clock").order_by("pk"):
        yield f"{event.clock}：{event}"


def _rebuilt(at: datetime) -> Iterator[str]:
    """Derive every clock anew from its ledger and compare."""
    last = 0
    while True:
        batch = list(Clock.objects.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        for book in ledger.open_books(batch):
            fault = _fault(book, at)
            if fault:
                yield f"{book.clock}：{fault}"


def _fault(book: Book, at: datetime) -> str:
    clock = book.clock
    shown = {name: getattr(clock, name) for name in REBUILT}
    try:
        ledger.derive(book, max(at, *(event.at for event in book.events)))
        clock.started_at = book.events[0].at
        clock.exempt_reported = ledger.exempt(book.events)
    except (Unreckonable, EditionMissing, LookupError) as impossible:
        return str(impossible)
    except TypeError as nonsense:
        return f"记录读不懂（{nonsense}）"
    return "、".join(
        f"{name} 显示 {shown[name]}，应为 {getattr(clock, name)}"
        for name in REBUILT
        if shown[name] != getattr(clock, name)
    )


def _groundless() -> list[str]:
    fitting = Clock.objects.filter(
        policy_limit__stage=F("stage"),
        policy_limit__user_type=F("user_type"),
        policy_limit__policy__level=F("level"),
    )
    timed = Clock.objects.exclude(policy_limit=None)
    return [str(clock) for clock in timed.exclude(pk__in=fitting).order_by("pk")]


def _sums() -> Iterator[str]:
    for policy in Policy.objects.current().prefetch_related("limits"):
        yield from policies.sum_faults(list(policy.limits.all()))


def _twice() -> Iterator[str]:
    for policy in Policy.objects.current().prefetch_related("limits"):
        yield from policies.overlap_faults(policy, list(policy.limits.all()))
