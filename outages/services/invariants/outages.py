"""What outages promise: their history, their rows, their notice, their two people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from outages.lifecycles.outage import ACTS, HAPPENED, OUT, OVER
from outages.models import (
    Arrears,
    Interruption,
    LineInterruption,
    Outage,
    OutageEvent,
    Subject,
)
from outages.permissions import arrears as arrears_rules
from outages.permissions.outages import WRITING
from outages.services.invariants import walks
from outages.services.records import PLANNED_KINDS
from outages.vocabulary import Exclusion, OutageKind
from sla.ground import numbers
from sla.ground.errors import Refused
from sla.invariants import Invariant

MOST = 20


def invariants(at: datetime) -> Iterator[Invariant]:
    """Yield every promise about outages with what breaks it; reads only."""
    yield from walks.invariants(
        Subject.OUTAGE, ACTS, births={"draft", "import"}, rows=Outage.objects.all()
    )
    yield Invariant("outage-number", "停电编号的校验位正确", _misnumbered())
    yield from _rows(at)
    yield Invariant(
        "outage-two-people", "批准人不是拟定人，也不是最后修改人", _approved_alone()
    )
    yield Invariant(
        "outage-exclusion", "剔除的停电有依据，由两个人先后认定", _judged_alone()
    )
    yield Invariant(
        "outage-notice", "迟公告标志等于按公告时间重新推算", _notice_wrong()
    )
    yield Invariant(
        "outage-arrears", "欠费停电之前每一步法定程序都已办理", _steps_missing()
    )


def _rows(at: datetime) -> Iterator[Invariant]:
    yield Invariant(
        "interruption-began",
        "台区停电的开始时间等于所属停电的开始时间",
        _of(Interruption, _began_otherwise()),
    )
    yield Invariant(
        "interruption-ended",
        "台区复电不晚于所属停电，停电中至少还有一个台区没有复电",
        _ended_otherwise(),
    )
    mismeasured, twice = _measured()
    yield Invariant("interruption-seconds", "停电秒数等于起止时间之差", mismeasured)
    yield Invariant("interruption-once", "同一台区同一时间只在一次停电中", twice)
    yield Invariant(
        "interruption-lines",
        "线路停电与其台区同时开始，最后一个台区复电时结束",
        _lines_otherwise(),
    )
    summed = Outage.objects.annotate(cut=Sum("interruptions__households"))
    yield Invariant(
        "outage-households",
        "停电户数等于各台区户数之和",
        _names(summed.filter(Q(cut=None) | ~Q(cut=F("households")))),
    )
    future = Q(began_at__gt=at) | Q(restored_at__gt=at) | Q(published_at__gt=at)
    yield Invariant(
        "outage-past", "发生过的时间都不在将来", _names(Outage.objects.filter(future))
    )


def _names(rows: QuerySet[Outage]) -> list[str]:
    return list(rows.order_by("pk").values_list("number", flat=True)[:MOST])


def _of(model: type[Any], condition: Q) -> list[str]:
    rows = model.objects.filter(condition).order_by("pk")
    return list(rows.values_list("outage__number", flat=True)[:MOST])


def _misnumbered() -> list[str]:
    every = Outage.objects.order_by("pk").values_list("number", flat=True)
    return [n for n in every.iterator() if numbers.normalise(n, "TD") != n][:MOST]


def _began_otherwise() -> Q:
    happened = Q(outage__status__in=HAPPENED)
    began = Q(began_at=F("outage__began_at"))
    return (happened & (Q(began_at=None) | ~began)) | (~happened & ~Q(began_at=None))


def _ended_otherwise() -> list[str]:
    rows = Outage.objects.filter(status__in=HAPPENED).annotate(
        last=Max("interruptions__restored_at"),
        dark=Count("interruptions", filter=Q(interruptions__restored_at=None)),
    )
    over = Q(status__in=OVER) & (Q(dark__gt=0) | ~Q(last=F("restored_at")))
    return _names(rows.filter(over | Q(status__in=OUT, dark=0)))


def _measured() -> tuple[list[str], list[str]]:
    """Return outages that measure wrongly, and those that meet on one transformer."""
    wrong: list[str] = []
    twice: list[str] = []
    rows = (
        Interruption.objects.filter(began_at__isnull=False)
        .order_by("transformer_id", "-whole", "began_at", "pk")
        .values_list(
            "transformer_id", "whole", "began_at", "restored_at", "seconds",
            "outage__number",
        )
    )  # fmt: skip
    before: tuple[Any, ...] | None = None
    for row in rows.iterator():
        _area, whole, began, ended, seconds, number = row
        if began and ended and seconds != int((ended - began).total_seconds()):
            wrong.append(number)
        if before is not None and _meets(before, row):
            twice.append(f"{before[5]}、{number}")
        if whole:
            before = row
    return wrong[:MOST], twice[:MOST]


def _meets(before: tuple[Any, ...], row: tuple[Any, ...]) -> bool:
    same_area = before[0] == row[0] and row[1]
    return bool(same_area and (before[3] is None or row[2] < before[3]))


def _lines_otherwise() -> list[str]:
    areas = Interruption.objects.filter(
        outage=OuterRef("outage"), line=OuterRef("line")
    ).order_by()
    last = areas.values("line").annotate(last=Max("restored_at")).values("last")
    rows = LineInterruption.objects.annotate(
        any_area=Exists(areas),
        dark=Exists(areas.filter(restored_at=None)),
        last=Subquery(last),
    )
    ended_wrong = Q(dark=True, restored_at__isnull=False) | (
        Q(dark=False) & (Q(restored_at=None) | ~Q(restored_at=F("last")))
    )
    broken = rows.filter(_began_otherwise() | Q(any_area=False) | ended_wrong)
    return list(broken.order_by("pk").values_list("outage__number", flat=True)[:MOST])


def _approved_alone() -> list[str]:
    """Follow each history: who approved, and who wrote what was approved."""
    broken: list[str] = []
    writers: set[int | None] = set()
    last = ""
    events = OutageEvent.objects.filter(
        subject=Subject.OUTAGE, action__in=[*WRITING, "approve"]
    ).order_by("reference", "seq")
    drafter: int | None = None
    for reference, action, by in events.values_list(
        "reference", "action", "by_id"
    ).iterator():
        if reference != last:
            last, drafter = reference, by
        if action == "approve":
            broken += [reference] if by in writers else []
        else:
            writers = {drafter, by}
    return broken[:MOST]


def _judged_alone() -> list[str]:
    rows = Outage.objects.filter(exclusion=Exclusion.CONFIRMED)
    run_here = rows.filter(imported=False).filter(
        Q(cause_evidence="")
        | Q(cause_set_by=None)
        | Q(exclusion_by=None)
        | Q(cause_set_by=F("exclusion_by"))
    )
    return [*_names(run_here), *_imported_alone(rows.filter(imported=True))][:MOST]


def _imported_alone(rows: QuerySet[Outage]) -> Iterator[str]:
    """Yield imported exclusions that neither two names nor two users stand for."""
    rows = rows.exclude(
        Q(cause_set_by__isnull=False, exclusion_by__isnull=False)
        & ~Q(cause_set_by=F("exclusion_by"))
        & ~Q(cause_evidence="")
    )
    named = OutageEvent.objects.filter(
        reference__in=rows.exclude(cause_evidence="").values("number"), seq=1
    )
    fine = set()
    for reference, payload in named.values_list("reference", "payload").iterator():
        people = {payload.get("classified_by"), payload.get("confirmed_by")}
        if len(people - {None, ""}) == 2:
            fine.add(reference)
    for number in rows.order_by("pk").values_list("number", flat=True).iterator():
        if number not in fine:
            yield number


def _notice_wrong() -> list[str]:
    """Judge every announcement again by what the row keeps of it."""
    rows = Outage.objects.filter(starts_at__isnull=False).order_by("pk")
    kept = rows.only(
        "number", "kind", "starts_at", "published_at", "lead_minutes", "late_notice",
        "late_reason", "imported",
    )  # fmt: skip
    broken = [
        outage.number
        for outage in kept.iterator()
        if outage.late_notice != _is_late(outage)
        or (outage.late_notice and not outage.late_reason)
    ]
    return broken[:MOST]


def _is_late(outage: Outage) -> bool:
    if outage.published_at is None or outage.lead_minutes is None:
        # Planned works that were recorded elsewhere without an announcement.
        return outage.imported and outage.kind in PLANNED_KINDS
    assert outage.starts_at is not None
    lead = timedelta(minutes=outage.lead_minutes)
    return outage.published_at > outage.starts_at - lead


def _steps_missing() -> list[str]:
    """Ask the rules again, as of the moment each account was cut."""
    rows = Arrears.objects.filter(
        outage__kind=OutageKind.ARREARS,
        outage__status__in=HAPPENED,
        outage__imported=False,
    ).select_related("outage")
    broken = [
        facts.outage.number
        for facts in rows.order_by("pk").iterator()
        if not _stepped(facts)
    ]
    bare = Outage.objects.filter(kind=OutageKind.ARREARS, imported=False, arrears=None)
    return [*broken, *_names(bare)][:MOST]


def _stepped(facts: Arrears) -> bool:
    began = facts.outage.began_at
    assert began is not None
    if facts.paid_at is not None and facts.paid_at > began:
        facts.paid_at = None  # paid afterwards: owed when it was cut
    facts.outage.arrears = facts
    try:
        arrears_rules.require_every_step(facts.outage, began)
    except Refused:
        return False
    return True
