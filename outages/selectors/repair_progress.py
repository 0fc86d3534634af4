"""How far a repair is, as everybody may read it who knows its number.

Nothing here tells who reported, what they wrote or where exactly they live.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages import rules
from outages.lifecycles.outage import OUT, OVER
from outages.lifecycles.outage import Status as OutageStatus
from outages.lifecycles.repair import OPEN, STEPS, Status
from outages.models import Account, FaultReport, Outage, OutageEvent, RepairOrder
from outages.selectors import sentences
from outages.selectors.places import searchable
from outages.selectors.story import Node
from outages.services import repair_clocks, repairing, reporting
from outages.vocabulary import Trouble
from sla.ground.phones import clean_phone
from sla.models import Clock
from sla.vocabulary import ClockState, RepairStage
from sla.words import labelled, run_on

# Who asks without the number asks about the trouble of these days.
RECENT = timedelta(days=7)
MOST = 10
# "路" would agree with every second place.
FEWEST_CHARACTERS = 3

_HEADLINES: dict[str, str | Promise] = {
    Status.RECEIVED: gettext_lazy("已受理，正在派人"),
    Status.DISPATCHED: gettext_lazy("抢修人员正在路上"),
    Status.ARRIVED: gettext_lazy("抢修人员已到现场"),
    Status.REPAIRING: gettext_lazy("正在抢修"),
    Status.RESTORED: gettext_lazy("已恢复供电"),
    Status.CLOSED: gettext_lazy("已办结"),
    Status.DISMISSED: gettext_lazy("查过了，不是电网故障"),
}
_STEP_NAMES: dict[str, str | Promise] = {
    Status.RECEIVED: gettext_lazy("受理"),
    Status.DISPATCHED: gettext_lazy("派单"),
    Status.ARRIVED: gettext_lazy("到达现场"),
    Status.REPAIRING: gettext_lazy("抢修"),
    Status.RESTORED: gettext_lazy("恢复供电"),
}
_MENDED = gettext_lazy("修好")


@dataclass(frozen=True, slots=True)
class Limit:
    """One promise in minutes: what it says now, and in which tone.

    ``label`` is empty while it runs, else how it ended.
    """

    title: str
    promise: str
    sentence: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """One word about when power is back: when it was given, and why it changed."""

    given_at: datetime
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page says of one report; ``seen`` changes when something happened."""

    report: FaultReport
    order: RepairOrder | None
    outage: Outage | None
    headline: str
    explanation: str
    tone: str
    steps: list[Node]
    limits: list[Limit]
    back: str
    estimates: list[Estimate]
    crew: str
    seen: str
    is_open: bool


def find(number: str) -> FaultReport | None:
    """Return the report of a number, or None."""
    rows = FaultReport.objects.select_related(
        "order__crew", "order__outage", "outage", "region"
    )
    return rows.filter(number=number).first()


def of_phone(phone: str, place: str, *, at: datetime) -> list[FaultReport]:
    """Return the recent reports of a phone whose place agrees, the latest first.

    ``phone`` in any form. A phone alone opens nothing: whoever knows somebody's number
    does not learn where they live. Raises ValidationError for no phone number.
    """
    index = reporting.index_of_phone(clean_phone(phone))
    meant = searchable(place)
    if len(meant) < FEWEST_CHARACTERS:
        return []
    rows = _recent(at).filter(phone_index=index).select_related("premises")
    return [row for row in rows if _agrees(row, meant)][:MOST]


def of_account(account: Account, *, at: datetime) -> list[FaultReport]:
    """Return the recent reports of a 户号, then open ones that neighbours made."""
    own = list(_recent(at).filter(account=account)[:MOST])
    orders = RepairOrder.objects.open().filter(
        Q(transformer=account.transformer_id)
        | Q(transformer=None, line=account.transformer.line_id)
    )
    known = {row.order_id for row in own}
    others = _recent(at).filter(order__in=orders.exclude(pk__in=known - {None}))
    firsts: dict[Any, FaultReport] = {}
    for row in others:
        firsts.setdefault(row.order_id, row)
    return [*own, *firsts.values()][:MOST]


def _recent(at: datetime) -> Any:
    rows = FaultReport.objects.filter(reported_at__gt=at - RECENT)
    return rows.select_related("order", "outage").order_by("-reported_at", "-pk")


def _agrees(report: FaultReport, meant: str) -> bool:
    places = [searchable(report.place)]
    if report.premises is not None:
        places += [report.premises.searched, searchable(report.premises.compound)]
    return any(meant in place or place in meant for place in places if place)


# -- One report ------------------------------------------------------------------------
def headline(report: FaultReport) -> str:
    """Return where a report stands, in a few words."""
    if report.order is None:
        assert report.outage is not None, "a report has an order or an answer"
        return _headline_of_outage(report.outage)
    street = report.trouble == Trouble.STREET_LIGHT
    if street and report.order.status == Status.RESTORED:
        return _("路灯已修好")
    return str(_HEADLINES[report.order.status])


def read(report: FaultReport, *, at: datetime) -> Progress:
    """Return the progress of a report as ``find`` gave it; four queries."""
    order, outage = report.order, report.outage
    if order is None:
        assert outage is not None, "a report has an order or an answer"
        return _answered(report, outage, at)
    told = list(
        OutageEvent.objects.filter(
            reference=order.number,
            action__in=("dispatch", "start_repair", "estimate"),
        ).order_by("seq")
    )
    clocks = Clock.objects.of(order.number).filter(kind=repair_clocks.KIND)
    limits = _limits(list(clocks.order_by("pk")), at)
    outage = order.outage
    return Progress(
        report=report,
        order=order,
        outage=outage,
        headline=headline(report),
        explanation=_explanation(order, at),
        tone=_tone(order, limits),
        steps=list(_steps(order, told, limits)),
        limits=limits,
        back=_back(order, at),
        estimates=list(_estimates(told, at)),
        crew=order.crew.name if order.crew else "",
        seen=f"{order.last_seq}.{outage.last_seq if outage else 0}",
        is_open=order.status in OPEN,
    )


def _explanation(order: RepairOrder, at: datetime) -> str:
    if order.status == Status.DISMISSED:
        found = _("%s。") % order.outcome.rstrip("。")
        return run_on([found, repairing.advice(order)])
    outage = order.outage
    if order.status in OPEN and outage is not None and outage.restored_at is not None:
        return _(
            "这里的停电已于%(when)s恢复，抢修人员还要确认您家的情况。您家还没有电的，"
            "请拨打95598。"
        ) % {"when": sentences.moment(outage.restored_at, at=at)}
    return ""


def _tone(order: RepairOrder, limits: list[Limit]) -> str:
    if order.status not in OPEN:
        return "cancelled" if order.status == Status.DISMISSED else "met"
    tones = {limit.tone for limit in limits}
    return next((tone for tone in ("overdue", "warning") if tone in tones), "normal")


def _back(order: RepairOrder, at: datetime) -> str:
    """Say when power is expected, by the crew or by the outage it belongs to."""
    if order.trouble == Trouble.STREET_LIGHT or order.status not in OPEN:
        return ""
    outage = order.outage
    expected = order.estimated_at or (outage.back_at if outage else None)
    if outage is not None and outage.restored_at is not None:
        return ""
    return sentences.back(expected, at=at)


def _steps(
    order: RepairOrder, told: list[OutageEvent], limits: list[Limit]
) -> Iterator[Node]:
    began = next((e.at for e in told if e.action == "start_repair"), None)
    moments = (
        order.reported_at,
        order.dispatched_at,
        order.arrived_at,
        began,
        order.restored_at,
    )
    if order.status == Status.DISMISSED:
        yield from _dismissed(order, moments)
        return
    done = STEPS.index(order.status) if order.status in STEPS else len(STEPS)
    running = next((limit for limit in limits if limit.label == ""), None)
    for i, (step, moment) in enumerate(zip(STEPS, moments, strict=True)):
        current = i == done + 1
        yield Node(
            title=_name(step, order),
            at=moment,
            state="done" if i <= done else "current" if current else "future",
            lines=_sent(order) if step == Status.DISPATCHED and i <= done else [],
            promise=running.sentence if running and current else "",
            tone=running.tone if running and current else "",
        )


def _dismissed(
    order: RepairOrder, moments: tuple[datetime | None, ...]
) -> Iterator[Node]:
    for step, moment in zip(STEPS, moments, strict=True):
        if moment is not None:
            yield Node(_name(step, order), moment)
    yield Node(str(Status.DISMISSED.label), order.closed_at)


def _name(step: str, order: RepairOrder) -> str:
    if order.trouble == Trouble.STREET_LIGHT and step == Status.RESTORED:
        return str(_MENDED)
    return str(_STEP_NAMES[step])


def _sent(order: RepairOrder) -> list[str]:
    return [order.crew.name] if order.crew else []


def _estimates(told: list[OutageEvent], at: datetime) -> Iterator[Estimate]:
    """Yield every word given about the end, the latest first."""
    for event in reversed(told):
        _before, after = event.payload.get("estimated_at", (None, None))
        if after is not None:
            moment = sentences.moment(datetime.fromisoformat(after), at=at)
            yield Estimate(event.at, _("预计 %s 前恢复") % moment, event.note)


# -- What was promised -----------------------------------------------------------------
def _limits(clocks: list[Clock], at: datetime) -> list[Limit]:
    """Return the promises that are timed."""
    return [
        _running(clock, at) if clock.is_open else _ended(clock)
        for clock in clocks
        if clock.state != ClockState.CANCELLED
    ]


def _running(clock: Clock, at: datetime) -> Limit:
    assert clock.due_at is not None, "clocks of minutes are never paused"
    facts = {
        "when": sentences.moment(clock.due_at, at=at),
        "what": _what(clock),
        "left": sentences.length(abs(clock.due_at - at)),
    }
    if at > clock.due_at:
        said = _("应在 %(when)s 前%(what)s，已超过 %(left)s，正在催办。") % facts
        return Limit(_title(clock), _promise(clock), said, "overdue", "")
    said = _("应在 %(when)s 前%(what)s，还有 %(left)s。") % facts
    near = clock.warn_at is not None and at >= clock.warn_at
    tone = "warning" if near else "normal"
    return Limit(_title(clock), _promise(clock), said, tone, "")


def _ended(clock: Clock) -> Limit:
    assert clock.stopped_at is not None, "ended clocks stopped"
    used = sentences.length(clock.stopped_at - clock.started_at)
    said = _("用时 %s。") % used
    met = clock.state == ClockState.MET
    label = _("按时") if met else _("超时")
    tone = "met" if met else "missed"
    return Limit(_title(clock), _promise(clock), said, tone, label)


def _promise(clock: Clock) -> str:
    limit = sentences.length(timedelta(minutes=clock.limit_value))
    return _("承诺 %s 以内。") % limit


def _title(clock: Clock) -> str:
    arrival = clock.stage == RepairStage.ARRIVAL
    return _("从报修到到达现场") if arrival else _("从到达现场到恢复供电")


def _what(clock: Clock) -> str:
    return _("到达现场") if clock.stage == RepairStage.ARRIVAL else _("恢复供电")


def source() -> str:
    """Return where the promise is written."""
    return str(rules.read("repair")["source"])


# -- Answered by an outage -------------------------------------------------------------
def _headline_of_outage(outage: Outage) -> str:
    if outage.status in OVER:
        return _("已恢复供电")
    if outage.status == OutageStatus.CANCELLED:
        return _("停电已取消")
    return _("原因已经知道，正在处理")


def _answered(report: FaultReport, outage: Outage, at: datetime) -> Progress:
    going_on = outage.status in OUT or outage.status == OutageStatus.ANNOUNCED
    known = Node(
        _("查到停电原因"),
        report.reported_at,
        lines=[labelled(outage.get_kind_display(), outage.reason)],
    )
    back = sentences.back(outage.back_at, at=at) if going_on else ""
    last = Node(
        _("恢复供电"),
        outage.restored_at,
        "current" if going_on else "done",
        promise=back,
    )
    return Progress(
        report=report,
        order=None,
        outage=outage,
        headline=_headline_of_outage(outage),
        explanation=sentences.when(outage, at=at),
        tone="warning" if going_on else "met",
        steps=[Node(_("受理"), report.reported_at), known, last],
        limits=[],
        back=back,
        estimates=[],
        crew="",
        seen=f"0.{outage.last_seq}",
        is_open=going_on,
    )
