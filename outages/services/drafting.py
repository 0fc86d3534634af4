"""Draft an outage, change the draft, and let two works share one outage (一停多用)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outages import permissions, rules
from outages.models import Arrears, Outage, Work
from outages.permissions import outages as outage_rules
from outages.services import acting, moments, scoping
from outages.services.moments import iso
from outages.services.scoping import Resolved, ScopePart
from outages.vocabulary import OutageKind, ScopeLevel
from sla.engine import day_of
from sla.ground.actors import Actor
from sla.ground.errors import Refused
from sla.ground.numbers import new_number
from sla.ground.texts import stated

PREFIX = "TD"


@dataclass(frozen=True, slots=True)
class Job:
    """One work that is done while the power is off, and who does it."""

    content: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed: when it was due, when it was asked for, and where."""

    due_on: date
    reminded_on: tuple[date, ...] = ()
    residential_compound: bool = False


def draft(
    *,
    kind: str,
    reason: str,
    scope: Sequence[ScopePart],
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    works: Iterable[Job | str] = (),
    by: Actor,
    at: datetime,
    arrears: Debt | None = None,
) -> Outage:
    """Draft an outage that is to come; times may follow later.

    Raises ValidationError (keys kind, reason, scope, starts_at, ends_at, works,
    arrears) and Refused. A fault is recorded by ``running.record_fault``.
    """
    if kind == OutageKind.FAULT:
        raise ValidationError({"kind": _("故障停电请直接登记，不须拟定。")})
    resolved = scoping.resolve(scope)
    starts_at, ends_at = _plan(kind, starts_at, ends_at, at=at)
    with transaction.atomic():
        outage = create(
            kind=kind, reason=reason, resolved=resolved, by=by, at=at,
            starts_at=starts_at, ends_at=ends_at,
        )  # fmt: skip
        _put_works(outage, works)
        _put_debt(outage, arrears, resolved, at=at)
    return outage


def create(
    *,
    kind: str,
    reason: str,
    resolved: Resolved,
    by: Actor,
    at: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Outage:
    """Save a new outage with its first event, in the caller's transaction."""
    outage_rules.require_to_draft(resolved.districts, by=by)
    outage = Outage(
        number=new_number(PREFIX),
        kind=_known_kind(kind),
        reason=_stated_reason(reason),
        starts_at=starts_at,
        ends_at=ends_at,
        drafted_by_id=by.pk,
        cause=_only_cause(kind),
        created_at=at,
    )
    outage.save(force_insert=True)
    scoping.lay_out(outage, resolved)
    acting.record(
        outage, action="draft", before="", by=by, at=at, payload=_told(outage)
    )
    outage.save()
    return outage


def change(
    outage: Outage,
    *,
    kind: str | None = None,
    reason: str | None = None,
    scope: Sequence[ScopePart] | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    works: Iterable[Job | str] | None = None,
    arrears: Debt | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Outage:
    """Change a draft; what is not given stays. Raises ValidationError and Refused."""
    with acting.act(outage, "change", by=by, at=at, seen=seen) as step:
        row = step.row
        if kind == OutageKind.FAULT:
            raise ValidationError({"kind": _("故障停电请直接登记，不须拟定。")})
        if kind is not None:
            row.kind, row.cause = _known_kind(kind), _only_cause(kind)
        if reason is not None:
            row.reason = _stated_reason(reason)
        if starts_at is not None or ends_at is not None:
            row.starts_at, row.ends_at = _plan(
                row.kind, starts_at or row.starts_at, ends_at or row.ends_at, at=at
            )
        resolved = scoping.resolve(scoping.parts_of(row) if scope is None else scope)
        outage_rules.require_to_draft(resolved.districts, by=by)
        scoping.lay_out(row, resolved)
        if works is not None:
            row.works.all().delete()
            _put_works(row, works)
        if arrears is None and row.kind == OutageKind.ARREARS:
            arrears = debt_of(row)
        _put_debt(row, arrears, resolved, at=at)
        step.remember(**_told(row))
    return outage


def merge(
    outage: Outage,
    *,
    into: Outage,
    by: Actor,
    at: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    seen: int | None = None,
) -> Outage:
    """Let the works of one draft share the outage of another; return that other.

    Works and scope move; the first is cancelled with a link to where it went. The
    common window may be given with it. Raises Refused and ValidationError.
    """
    if outage.pk == into.pk:
        raise Refused(_("不能并入自己，请选择另一条停电。"))
    with transaction.atomic():
        # Both locked in one order, so that two people merging crosswise do not wait
        # for each other.
        list(
            Outage.objects.select_for_update(of=("self",))
            .filter(pk__in=[outage.pk, into.pk])
            .order_by("pk")
        )
        with acting.act(into, "merge", by=by, at=at) as step:
            kept = step.row
            parts = [*scoping.parts_of(kept), *scoping.parts_of(outage)]
            resolved = scoping.resolve(parts)
            outage_rules.require_to_draft(resolved.districts, by=by)
            _move_works(outage, kept)
            scoping.lay_out(kept, resolved)
            if starts_at is not None or ends_at is not None:
                kept.starts_at, kept.ends_at = _plan(
                    kept.kind, starts_at or kept.starts_at, ends_at or kept.ends_at,
                    at=at,
                )  # fmt: skip
            step.remember(merged=outage.number, **_told(kept))
        _give_up(outage, into, by=by, at=at, seen=seen)
    return into


def note(
    outage: Outage, *, text: str, by: Actor, at: datetime, seen: int | None = None
) -> None:
    """Add a remark to the record. Raises ValidationError when it is empty."""
    text = stated(text, _("请填写备注内容。"), field="text")
    with acting.act(outage, "note", by=by, at=at, note=text, seen=seen):
        pass


def debt_of(outage: Outage) -> Debt | None:
    """Return what is owed according to the draft."""
    facts = Arrears.objects.filter(pk=outage.pk).first()
    if facts is None:
        return None
    reminded = tuple(date.fromisoformat(day) for day in facts.reminded_on)
    return Debt(facts.due_on, reminded, facts.residential_compound)


def _give_up(
    outage: Outage, into: Outage, *, by: Actor, at: datetime, seen: int | None
) -> None:
    reason = f"已并入 {into.number}，一次停电完成。"
    with acting.act(outage, "cancel", by=by, at=at, note=reason, seen=seen) as step:
        permissions.require("merge", step.row, by=by, at=at)
        step.row.merged_into = into
        step.remember(merged_into=into.number, announced=False)


def _move_works(outage: Outage, into: Outage) -> None:
    """Give every work to the other outage; an unlisted one is known by its reason."""
    for row in (into, outage):
        if not row.works.exists():
            Work.objects.create(outage=row, content=row.reason)
    outage.works.update(outage=into)


def _plan(
    kind: str, starts_at: datetime | None, ends_at: datetime | None, *, at: datetime
) -> tuple[datetime | None, datetime | None]:
    return moments.plan(starts_at, ends_at, at=at, endless=kind == OutageKind.ARREARS)


def _known_kind(kind: str) -> str:
    if kind not in OutageKind.values:
        raise ValidationError({"kind": _("请选择停电类型。")})
    return kind


def _only_cause(kind: str) -> str:
    """Return the cause code of a kind that can have but one, else nothing."""
    causes = rules.read("causes")["causes"]
    fitting = [code for code, facts in causes.items() if kind in facts["kinds"]]
    return fitting[0] if len(fitting) == 1 else ""


def _stated_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    most = Outage._meta.get_field("reason").max_length or 0
    if not reason:
        raise ValidationError({"reason": _("请填写停电原因。")})
    if len(reason) > most:
        raise ValidationError(
            {"reason": _("停电原因最多%(most)s个字。") % {"most": most}}
        )
    return reason


def _put_works(outage: Outage, works: Iterable[Job | str]) -> None:
    jobs = [Job(work) if isinstance(work, str) else work for work in works]
    rows = [
        Work(outage=outage, content=job.content.strip(), unit=job.unit.strip())
        for job in jobs
    ]
    for row in rows:
        try:
            row.full_clean(exclude=["outage"])
        except ValidationError as error:
            raise ValidationError({"works": error.messages}) from error
    Work.objects.bulk_create(rows)


def _put_debt(
    outage: Outage, debt: Debt | None, resolved: Resolved, *, at: datetime
) -> None:
    """Write what is owed beside an outage for arrears, and nothing beside others."""
    if outage.kind != OutageKind.ARREARS:
        Arrears.objects.filter(pk=outage.pk).delete()
        if debt is not None:
            raise ValidationError({"arrears": _("只有欠费停电才填写欠费情况。")})
        return
    if debt is None:
        raise ValidationError({"arrears": _("欠费停电须填写电费到期日和催交记录。")})
    if any(resolved.named[level] for level in ScopeLevel if level != "account"):
        raise ValidationError(
            {"scope": _("欠费停电只针对欠费的户号，不能停线路或台区。")}
        )
    today = day_of(at)
    if any(not debt.due_on < day <= today for day in debt.reminded_on):
        raise ValidationError(
            {"arrears": _("催交日期须在电费到期日之后、今天之前（含今天）。")}
        )
    Arrears.objects.update_or_create(
        pk=outage.pk,
        defaults={
            "due_on": debt.due_on,
            "reminded_on": [day.isoformat() for day in sorted(debt.reminded_on)],
            "residential_compound": debt.residential_compound,
        },
    )


def _told(outage: Outage) -> dict[str, Any]:
    """Return what a draft says, for its event."""
    return {
        "kind": outage.kind,
        "starts_at": iso(outage.starts_at),
        "ends_at": iso(outage.ends_at),
        "households": outage.households,
        "area": outage.area_text,
    }
