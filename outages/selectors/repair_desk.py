"""The dispatcher's desk: what waits, how urgently, and what looks like one fault."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages.lifecycles.outage import OUT
from outages.lifecycles.outage import Status as OutageStatus
from outages.lifecycles.repair import OPEN, Status
from outages.models import (
    Crew,
    FaultReport,
    Interruption,
    Line,
    Outage,
    OutageEvent,
    RepairOrder,
)
from outages.permissions import label_of
from outages.selectors import sentences
from outages.selectors.story import Node
from outages.services import grouping, repair_clocks
from outages.vocabulary import OutageKind, Trouble
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.ground.masking import mask_address
from sla.models import Clock
from sla.vocabulary import RepairStage
from sla.words import recorded

URGENCY_WORDS: dict[int, str | Promise] = {
    1: gettext_lazy("特急"),
    2: gettext_lazy("医疗"),
    3: gettext_lazy("重要"),
    4: gettext_lazy("较急"),
    5: gettext_lazy("一般"),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """One heap of orders: its words, and which orders lie in it."""

    name: str
    label: str | Promise
    condition: Q


QUEUES = (
    Queue("open", gettext_lazy("在办"), Q(status__in=sorted(OPEN))),
    Queue("received", gettext_lazy("待派单"), Q(status=Status.RECEIVED)),
    Queue("dispatched", gettext_lazy("在路上"), Q(status=Status.DISPATCHED)),
    Queue(
        "on_site",
        gettext_lazy("在现场"),
        Q(status__in=[Status.ARRIVED, Status.REPAIRING]),
    ),
    Queue("restored", gettext_lazy("待回访"), Q(status=Status.RESTORED)),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """How one order stands in time: short for the chip, whole for the line below."""

    tone: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    order: RepairOrder
    place: str
    chip: Chip
    urgency: str
    reports: int

    @property
    def tone(self) -> str:
        """Return the tone of the line: danger and lateness stand out."""
        return self.chip.tone


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A line that may be at fault as a whole, and the orders that say so."""

    line: Line
    orders: list[RepairOrder]

    @property
    def sentence(self) -> str:
        """Say what was seen."""
        areas = {order.transformer_id for order in self.orders}
        return _("%(line)s有%(areas)s个台区先后报修，可能是线路故障。") % {
            "line": self.line.name,
            "areas": len(areas),
        }


# -- Reach and queues ------------------------------------------------------------------
def within_reach(by: Actor) -> QuerySet[RepairOrder]:
    """Return the orders of the districts this person answers for."""
    orders = RepairOrder.objects.all()
    if by.role in STAFF_WHO_ACT:
        return orders.filter(region__in=sorted(by.district_codes()))
    return orders


def counts(by: Actor) -> dict[str, int]:
    """Return how many orders lie in each queue; one query."""
    asked = {q.name: Count("pk", filter=q.condition) for q in QUEUES}
    return within_reach(by).aggregate(**asked)


def in_queue(name: str, by: Actor) -> QuerySet[RepairOrder]:
    """Return a queue by urgency, lamps last, then age; or all, the latest first."""
    found = next((queue for queue in QUEUES if queue.name == name), None)
    orders = within_reach(by).annotate(told=Count("reports"))
    orders = orders.select_related("region", "crew", "transformer", "line", "outage")
    if found is None:
        return orders.order_by("-reported_at", "-pk")
    # Nobody sits in the dark for a lamp in the street.
    lamp = Case(When(trouble=Trouble.STREET_LIGHT, then=1), default=0)
    return orders.filter(found.condition).order_by("urgency", lamp, "reported_at", "pk")


def place(where: RepairOrder | FaultReport, by: Actor) -> str:
    """Return district and place; who only supervises reads no house number."""
    shown = mask_address(where.place) if by.role == Role.REGULATOR else where.place
    return f"{where.region.name} {shown}"


def lines(orders: Iterable[RepairOrder], *, by: Actor, at: datetime) -> list[Waiting]:
    """Return the lines of some orders of ``in_queue``; one query for their clocks."""
    rows = list(orders)
    timed = {
        clock.reference: clock
        for clock in Clock.objects.open().filter(
            kind=repair_clocks.KIND, reference__in=[row.number for row in rows]
        )
    }
    return [
        Waiting(
            order=row,
            place=place(row, by),
            chip=chip(row, timed.get(row.number), at=at),
            urgency=str(URGENCY_WORDS[row.urgency]),
            reports=getattr(row, "told", 0),
        )
        for row in rows
    ]


def chip(order: RepairOrder, clock: Clock | None, *, at: datetime) -> Chip:
    """Say how an order stands against the clock that runs, if any does."""
    if clock is None or clock.due_at is None:
        street = order.trouble == Trouble.STREET_LIGHT
        said = _("路灯不计时") if street else _("不计时")
        ended = order.status not in OPEN
        label = str(order.get_status_display()) if ended else said
        return Chip("met" if ended else "none", label, "")
    what = _("到达") if clock.stage == RepairStage.ARRIVAL else _("复电")
    left = sentences.length(abs(clock.due_at - at))
    due = _("应在 %(when)s 前%(what)s") % {
        "when": sentences.moment(clock.due_at, at=at),
        "what": what,
    }
    if at > clock.due_at:
        return Chip("overdue", _("超 %s") % left, due)
    near = clock.warn_at is not None and at >= clock.warn_at
    return Chip("warning" if near else "normal", _("还有 %s") % left, due)


def suspicions(by: Actor) -> list[Suspicion]:
    """Return the lines within reach that look as if they failed; two queries."""
    found = grouping.suspected_lines(within_reach(by).filter(status__in=sorted(OPEN)))
    rows = Line.objects.filter(pk__in=found).order_by("code")
    return [Suspicion(line, found[line.pk]) for line in rows]


# -- One order -------------------------------------------------------------------------
def crews_for(order: RepairOrder) -> QuerySet[Crew]:
    """Return who may be sent: on duty, of the district, not there already."""
    crews = Crew.objects.filter(on_duty=True, regions=order.region_id)
    return crews.exclude(pk=order.crew_id or 0).order_by("name")


def outages_for(order: RepairOrder) -> QuerySet[Outage]:
    """Return the outages under way that may be the cause of a trouble."""
    cut = Interruption.objects.filter(outage=OuterRef("pk"), restored_at=None)
    if order.transformer_id is not None:
        cut = cut.filter(transformer=order.transformer_id)
    elif order.line_id is not None:
        cut = cut.filter(line=order.line_id)
    else:
        cut = cut.filter(region=order.region_id)
    live = sorted(OUT | {OutageStatus.ANNOUNCED})
    found = Outage.objects.filter(Exists(cut), status__in=live)
    return found.exclude(kind=OutageKind.ARREARS).order_by("-began_at", "-pk")


def history(order: RepairOrder) -> list[Node]:
    """Return every act on an order with who did it, oldest first."""
    events = OutageEvent.objects.filter(reference=order.number).order_by("seq")
    return [_node(order, event) for event in events]


def _node(order: RepairOrder, event: OutageEvent) -> Node:
    title = _("报修") if event.action == "report" else label_of(order, event.action)
    return Node(title, event.at, lines=_lines(event), note=event.note)


def _lines(event: OutageEvent) -> list[str]:
    told = [recorded(event.by_label)]
    payload = event.payload
    if "crew" in payload:
        told.append(payload["crew"])
    if "outage" in payload:
        told.append(payload["outage"])
    if "report" in payload:
        told.append(payload["report"])
    if payload.get("estimated_at"):
        after = datetime.fromisoformat(payload["estimated_at"][1])
        told.append(_("预计 %s 前复电") % sentences.moment(after, at=event.at))
    return [" · ".join(told)]


def arrears_of(reports: Sequence[FaultReport]) -> list[str]:
    """Return the 户号 among these reports that are cut for arrears now.

    For the dispatcher alone: a crew need not drive out, and nobody else is told.
    """
    accounts = [report.account_id for report in reports if report.account_id]
    rows = Interruption.objects.filter(
        outage__kind=OutageKind.ARREARS,
        outage__status__in=sorted(OUT),
        outage__scope__account__in=accounts,
        restored_at=None,
    )
    numbers = rows.values_list("outage__scope__account__number", flat=True)
    return sorted(set(numbers))
