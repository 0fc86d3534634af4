"""What repairs promise: a history, an urgency and clocks that match their moments."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from outages.lifecycles.repair import ACTS, OPEN
from outages.models import FaultReport, RepairOrder, Subject
from outages.services import grouping, repair_clocks
from outages.services.invariants import walks
from outages.services.repair_clocks import KIND
from sla.ground import numbers
from sla.invariants import Invariant
from sla.models import Clock
from sla.vocabulary import ClockState, RepairStage

MOST = 20
Clocks = dict[str, Clock]


def invariants(at: datetime) -> Iterator[Invariant]:
    """Yield every promise about repairs with what breaks it; reads only."""
    yield from walks.invariants(
        Subject.REPAIR, ACTS, births={"report"}, rows=RepairOrder.objects.all()
    )
    yield Invariant("repair-clocks", "抢修单的计时与它的各个时刻一致", _clocks())
    yield Invariant("repair-urgency", "抢修单的紧急程度等于最急的一次报修", _urgency())
    yield Invariant("report-answered", "每次报修都有抢修单或已知的停电", _answered())
    yield Invariant("report-photo", "每张报修照片的文件都在", _photos())


# -- Clocks ----------------------------------------------------------------------------
def _clocks() -> list[str]:
    timed: dict[str, Clocks] = defaultdict(dict)
    for clock in Clock.objects.filter(kind=KIND).iterator(2000):
        timed[clock.reference][clock.stage] = clock
    broken = [
        order.number
        for order in RepairOrder.objects.order_by("pk").iterator(2000)
        if not _is_timed(order, timed.pop(order.number, {}))
    ]
    return [*broken, *sorted(timed)][:MOST]


def _is_timed(order: RepairOrder, clocks: Clocks) -> bool:
    """Tell whether exactly the promised clocks run from and to the right moments."""
    arrival = clocks.pop(RepairStage.ARRIVAL, None)
    restore = clocks.pop(RepairStage.RESTORATION, None)
    return _runs(
        order, RepairStage.ARRIVAL, arrival, order.reported_at, order.arrived_at
    ) and _runs(
        order, RepairStage.RESTORATION, restore, order.arrived_at, order.restored_at
    )


def _runs(
    order: RepairOrder,
    stage: RepairStage,
    clock: Clock | None,
    began: datetime | None,
    ended: datetime | None,
) -> bool:
    promised = repair_clocks.promised_minutes(order, stage) is not None
    if clock is None:
        return not promised or began is None
    if not promised or clock.started_at != began:
        return False
    if ended is not None:
        # Two servers may read the time in another order than they write.
        return clock.stopped_at == max(ended, clock.started_at)
    if order.status in OPEN:
        return clock.is_open
    return clock.state == ClockState.CANCELLED


# -- Reports ---------------------------------------------------------------------------
def _urgency() -> list[str]:
    most: dict[int, int] = {}
    reports = FaultReport.objects.filter(order__isnull=False)
    rows = reports.order_by().values_list("order", "trouble", "importance")
    for order, trouble, importance in rows.iterator(2000):
        told = grouping.urgency_of(trouble, importance)
        most[order] = min(told, most.get(order, told))
    orders = RepairOrder.objects.order_by("pk").values_list("pk", "number", "urgency")
    return [
        number
        for pk, number, urgency in orders.iterator(2000)
        if most.get(pk) != urgency
    ][:MOST]


def _answered() -> list[str]:
    lost = FaultReport.objects.filter(order=None, outage=None)
    broken = list(lost.order_by("pk").values_list("number", flat=True)[:MOST])
    known = FaultReport.objects.order_by("pk").values_list("number", flat=True)
    wrong = [n for n in known.iterator(2000) if numbers.normalise(n, "BX") != n]
    return [*broken, *wrong][:MOST]


def _photos() -> list[str]:
    kept = FaultReport.objects.exclude(photo="").order_by("pk")
    return [
        report.number
        for report in kept.iterator(2000)
        if not report.photo.storage.exists(report.photo.name)
    ][:MOST]
