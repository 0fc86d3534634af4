"""One outage as everybody may read it: what happened when, and which places it cuts."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages import rules
from outages.lifecycles import repair
from outages.lifecycles.outage import OUT, Status
from outages.lifecycles.repair import STEPS
from outages.models import (
    Interruption,
    Outage,
    OutageEvent,
    OutageScope,
    Premises,
    RepairOrder,
)
from outages.selectors import sentences, shown
from outages.vocabulary import Exclusion
from sla.words import noted, run_on

# What the public reads of the history; drafts, approvals and remarks stay inside.
_TITLES: dict[str, str | Promise] = {
    "announce": gettext_lazy("发布停电公告"),
    "reschedule": gettext_lazy("变更停电时间"),
    "begin": gettext_lazy("开始停电"),
    "break_out": gettext_lazy("发生故障停电"),
    "estimate": gettext_lazy("更新预计恢复时间"),
    "extend": gettext_lazy("延长停电"),
    "restore_part": gettext_lazy("部分恢复供电"),
    "restore": gettext_lazy("全部恢复供电"),
    "cancel": gettext_lazy("取消停电"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One step, as parts/timeline.html draws it."""

    title: str
    at: datetime | None
    state: str = "done"
    lines: list[str] = field(default_factory=list)
    note: str = ""
    promise: str = ""
    tone: str = ""
    late: str = ""


def find(number: str) -> Outage | None:
    """Return the outage that everybody may open under this number."""
    return shown.visible().filter(number=number).first()


def timeline(outage: Outage, *, at: datetime) -> list[Node]:
    """Return what happened, oldest first, and what is hoped for next."""
    events = OutageEvent.objects.filter(
        reference=outage.number, action__in=_TITLES
    ).order_by("seq")
    nodes = [_told(event, at) for event in events]
    return [*(nodes or _known(outage)), *_next(outage, at)]


def estimates(numbers: Collection[str], *, at: datetime) -> list[Node]:
    """Return every word on when power will be back, the last first; one query."""
    if not numbers:
        return []
    events = OutageEvent.objects.filter(
        reference__in=numbers, action__in=["break_out", "estimate", "extend"]
    ).order_by("-at", "-seq")
    told = (_told(event, at) for event in events)
    return [node for node in told if node.lines]


def _told(event: OutageEvent, at: datetime) -> Node:
    told = event.payload
    happened = told.get("began_at") or told.get("restored_at")
    say = _LINES.get(event.action)
    return Node(
        title=str(_TITLES[event.action]),
        at=_moment(happened) or event.at,
        lines=[line for line in say(told, at) if line] if say else [],
        note=event.note,
        late=late(told.get("late_reason", "")) if told.get("late") else "",
    )


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _window(told: dict[str, Any], at: datetime) -> list[str]:
    return [_said(told, "starts_at", "ends_at", at)]


def _moved(told: dict[str, Any], at: datetime) -> list[str]:
    facts = {
        "old": _said(told, "starts_at_before", "ends_at_before", at),
        "new": _said(told, "starts_at", "ends_at", at),
    }
    return [_("原定 %(old)s，改为 %(new)s。") % facts]


def _said(told: dict[str, Any], first: str, last: str, at: datetime) -> str:
    start, end = _moment(told.get(first)), _moment(told.get(last))
    if start is None:
        return ""
    return (
        sentences.window(start, end, at=at) if end else sentences.moment(start, at=at)
    )


def _hoped(name: str, old: str) -> Callable[[dict[str, Any], datetime], list[str]]:
    def say(told: dict[str, Any], at: datetime) -> list[str]:
        hoped, before = _moment(told.get(name)), _moment(told.get(old))
        if hoped is None:
            return []
        said = _("预计 %s 恢复供电。") % sentences.moment(hoped, at=at)
        if before is None:
            return [said]
        return [said, _("此前预计 %s。") % sentences.moment(before, at=at)]

    return say


def _in_part(told: dict[str, Any], at: datetime) -> list[str]:
    return [_("%d 个台区恢复供电，其余仍在抢修。") % len(told["transformers"])]


_LINES: dict[str, Callable[[dict[str, Any], datetime], list[str]]] = {
    "announce": _window,
    "reschedule": _moved,
    "break_out": _hoped("estimated_at", "before"),
    "estimate": _hoped("estimated_at", "before"),
    "extend": _hoped("ends_at", "ends_at_before"),
    "restore_part": _in_part,
}


def _known(outage: Outage) -> list[Node]:
    """Tell what the row itself says, where a record came without its history."""
    told = [
        (_("发布停电公告"), outage.published_at),
        (_("开始停电"), outage.began_at),
        (_("全部恢复供电"), outage.restored_at),
    ]
    return [Node(title, moment) for title, moment in told if moment is not None]


def _next(outage: Outage, at: datetime) -> Iterator[Node]:
    if outage.has_lapsed(at):
        return
    if outage.status == Status.ANNOUNCED:
        promise = sentences.when(outage, at=at)
        yield Node(_("等待停电"), None, "current", promise=promise, tone="warning")
        yield Node(_("恢复供电"), None, "future")
    elif outage.status in OUT:
        promise = sentences.back(outage.back_at, at=at)
        yield Node(_("恢复供电"), None, "current", promise=promise, tone="overdue")


# -- Notice ----------------------------------------------------------------------------
def notice(outage: Outage, *, at: datetime) -> str:
    """Say whether the announcement in force came in time; empty where none is due."""
    if outage.published_at is None or outage.starts_at is None:
        return ""
    facts = {
        "when": sentences.moment(outage.published_at, at=at),
        "ahead": sentences.length(outage.starts_at - outage.published_at),
    }
    if outage.late_notice:
        said = _("%(when)s 公告，只提前了 %(ahead)s。") % facts
        return run_on([said, late(outage.late_reason, outage.lead_minutes)])
    if not outage.lead_minutes:
        return _("%(when)s 公告。") % facts
    need = sentences.length(timedelta(minutes=outage.lead_minutes))
    return _("%(when)s 公告，提前了 %(ahead)s，符合提前 %(need)s 的规定。") % (
        facts | {"need": need}
    )


def late(reason: str, lead_minutes: int | None = None) -> str:
    """Say openly that an announcement came too late, by which rule and why."""
    if lead_minutes:
        need = sentences.length(timedelta(minutes=lead_minutes))
        said = _("公告晚了，按规定应提前 %s，已记入统计。") % need
    else:
        said = _("公告晚了，已记入统计。")
    return run_on([said, _("原因：%s。") % reason.rstrip("。") if reason else ""])


def cause(outage: Outage) -> str:
    """Say why it happened as it was found, and whether it counts."""
    if not outage.cause:
        return ""
    name = _(rules.read("causes")["causes"][outage.cause]["name"])
    if outage.exclusion == Exclusion.NONE:
        return name
    return noted(name, outage.get_exclusion_display())


# -- Places ----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Spot:
    """One place that is concerned, and whether it has power again.

    ``address`` names the houses of a compound together.
    """

    address: str
    compound: str
    district: str
    back_at: datetime | None


def places(outage: Outage) -> QuerySet[Premises]:
    """Return the addresses that this outage cuts; never a 户号."""
    whole = Interruption.objects.filter(outage=outage, whole=True)
    named = OutageScope.objects.filter(outage=outage, account__isnull=False)
    return (
        Premises.objects.filter(
            Q(transformer__in=whole.values("transformer"))
            | Q(pk__in=named.values("account__premises"))
        )
        .select_related("region")
        .order_by("region", "compound", "address", "pk")
    )


def spots(outage: Outage, premises: list[Premises]) -> list[Spot]:
    """Return a page of addresses by compound, each with when power came back.

    One query.
    """
    areas = {each.transformer_id for each in premises}
    rows = Interruption.objects.filter(outage=outage, transformer__in=areas)
    back = dict(rows.values_list("transformer", "restored_at"))
    groups: dict[object, list[Premises]] = {}
    for each in premises:
        moment = back.get(each.transformer_id)
        alike = (each.region_id, each.compound or each.pk, moment)
        groups.setdefault(alike, []).append(each)
    return [
        Spot(
            sentences.together((row.address for row in rows), compound=first.compound),
            first.compound,
            first.region.name,
            back.get(first.transformer_id),
        )
        for rows in groups.values()
        for first in rows[:1]
    ]


# -- Repairs ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Repair:
    """One repair of an outage: at which part of the network, and how far it is."""

    part: str
    steps: list[Node]


def repairs(outage: Outage) -> list[Repair]:
    """Return the repairs of this outage, the first reported first; two queries."""
    orders = list(
        RepairOrder.objects.filter(outage=outage)
        .exclude(status=repair.Status.DISMISSED)
        .select_related("transformer", "line")
        .order_by("reported_at", "pk")
    )
    began = _repair_began(orders)
    return [
        Repair(str(order.transformer or order.line or ""), _steps(order, began))
        for order in orders
    ]


def _repair_began(orders: list[RepairOrder]) -> dict[str, datetime]:
    rows = OutageEvent.objects.filter(
        reference__in=[order.number for order in orders], action="start_repair"
    )
    return dict(rows.values_list("reference", "at"))


def _steps(order: RepairOrder, began: dict[str, datetime]) -> list[Node]:
    moments = (
        order.reported_at,
        order.dispatched_at,
        order.arrived_at,
        began.get(order.number),
        order.restored_at,
    )
    done = STEPS.index(order.status) if order.status in STEPS else len(STEPS)
    now = done if order.status in repair.OPEN else len(STEPS)
    states = ["done" if i < now else "current" for i in range(now + 1)]
    states += ["future"] * len(STEPS)
    return [
        Node(str(step.label), moment, state)
        for step, moment, state in zip(STEPS, moments, states, strict=False)
    ]
