"""Every promise about applications, checked against the rows themselves."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from applications.lifecycle import ACTIONS, STATUSES, Status, Turn
from applications.models import Application, Document, Event, Inspection
from applications.services import retold
from applications.services.timing import STAGE, TOTAL
from sla.ground import numbers
from sla.invariants import Invariant
from sla.models import Clock
from sla.vocabulary import ClockState

MOST = 20


def invariants(at: datetime) -> Iterator[Invariant]:
    """Yield every promise with what breaks it at ``at``; reads only."""
    yield from _history()
    yield from _lifecycle()
    yield from _clocks()
    yield from _papers()
    yield from retold.invariants()


def _history() -> Iterator[Invariant]:
    torn, gaps, walks, late = [], [], [], []
    previous: Event | None = None
    for event in Event.objects.order_by("application_id", "seq").iterator(1000):
        if previous is None or previous.application_id != event.application_id:
            expected_hash, expected_seq, expected_before = "", 1, Status.DRAFT.value
        else:
            expected_hash, expected_seq = previous.hash, previous.seq + 1
            expected_before = previous.after
            if event.at < previous.at:
                late.append(str(event))
        if event.previous_hash != expected_hash or event.hash != event.digest():
            torn.append(str(event))
        if event.seq != expected_seq:
            gaps.append(str(event))
        if event.before != expected_before or not _is_an_edge(event):
            walks.append(str(event))
        previous = event
    yield Invariant("event-chain", "办理记录的哈希链完整，未被改动", torn[:MOST])
    yield Invariant("event-numbers", "办理记录的序号连续", gaps[:MOST])
    yield Invariant("event-walk", "每条办理记录都是生命周期允许的一步", walks[:MOST])
    yield Invariant("event-time", "办理记录的时间不倒退", late[:MOST])


def _is_an_edge(event: Event) -> bool:
    facts = ACTIONS.get(event.action)
    if facts is None or event.before not in facts.sources:
        return False
    return event.after == (facts.target or event.before)


def _lifecycle() -> Iterator[Invariant]:
    last = Event.objects.filter(application=OuterRef("pk")).order_by("-seq")
    rows = Application.objects.filed().annotate(
        event_after=Subquery(last.values("after")[:1]),
        event_seq=Max("events__seq"),
    )
    yield Invariant(
        "status-from-events",
        "申请的状态和序号等于最后一条办理记录",
        _names(
            rows.filter(
                Q(event_after__isnull=True)
                | ~Q(event_after=F("status"))
                | ~Q(event_seq=F("last_seq"))
            )
        ),
    )
    submissions = Application.objects.filed().annotate(
        submissions=Count("events", filter=Q(events__action="submit"))
    )
    yield Invariant(
        "submitted-once",
        "每份申请只提交一次",
        _names(submissions.exclude(submissions=1)),
    )
    yield Invariant(
        "number-check",
        "申请编号的校验位正确",
        [
            str(number)
            for number in Application.objects.filed().values_list("number", flat=True)
            if number is None or numbers.normalise(number) != number
        ][:MOST],
    )
    yield Invariant(
        "connection-iff-energised",
        "已送电的申请有且仅有一条装表接电记录",
        _names(
            Application.objects.filter(
                Q(energised_at__isnull=True, connection__isnull=False)
                | Q(energised_at__isnull=False, connection__isnull=True)
            )
        ),
    )
    yield Invariant(
        "permit-while-open",
        "等待行政审批的申请有电力外线工程",
        _names(
            Application.objects.filter(permit_since__isnull=False, external_line=False)
        ),
    )


def _clocks() -> Iterator[Invariant]:
    running: dict[str, set[str]] = defaultdict(set)
    unended: set[str] = set()
    open_clocks = Clock.objects.open().filter(kind__in=[STAGE, TOTAL])
    for clock in open_clocks.only("kind", "reference", "stage", "state").iterator():
        unended.add(clock.reference)
        if clock.kind == STAGE and clock.state == ClockState.RUNNING:
            running[clock.reference].add(clock.stage)
    wrong_stage, never_ending = [], []
    for row in Application.objects.filed().iterator():
        reference = row.number or ""
        if not running[reference] <= _may_run(row):
            wrong_stage.append(reference)
        ended = row.facts.closed or row.status == Status.ENERGISED
        if ended and reference in unended:
            never_ending.append(reference)
    yield Invariant(
        "clock-follows-turn",
        "环节计时只在轮到供电企业时走，且走的是当前环节",
        wrong_stage[:MOST],
    )
    yield Invariant(
        "clocks-end", "办结或送电的申请没有未结束的计时", never_ending[:MOST]
    )


def _may_run(row: Application) -> set[str]:
    if row.turn is not Turn.UTILITY or row.stage is None:
        return set()
    return {row.stage.value}


def _papers() -> Iterator[Invariant]:
    examined = [s for s, f in STATUSES.items() if f.stage in Inspection.KINDS]
    open_inspections = Application.objects.annotate(
        pending=Count("inspections", filter=Q(inspections__concluded_at__isnull=True))
    )
    yield Invariant(
        "inspection-pending",
        "待检查的申请有且仅有一次未下结论的检查",
        _names(
            open_inspections.filter(
                Q(status__in=examined) & ~Q(pending=1)
                | ~Q(status__in=[*examined, Status.WITHDRAWN]) & Q(pending__gt=0)
            )
        ),
    )
    yield Invariant(
        "documents-stored",
        "每份材料的文件都在",
        [
            str(document.pk)
            for document in Document.objects.filter(removed_at__isnull=True).iterator()
            if not document.file.storage.exists(document.file.name)
        ][:MOST],
    )


def _names(rows: QuerySet[Application]) -> list[str]:
    return [str(row) for row in rows[:MOST]]
