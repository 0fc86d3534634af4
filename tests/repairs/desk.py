"""How the tests report faults and send crews: through the real services."""

from datetime import datetime, timedelta
from typing import Any

from outages.models import Account, Crew, FaultReport, Outage, RepairOrder
from outages.services import (
    announcing,
    arrears,
    drafting,
    repairing,
    reporting,
    running,
)
from outages.services.scoping import ScopePart
from sla.models import Clock, Region
from tests import cast
from tests.grid import Grid, zhou

GARDEN = "友谊路12号3门401"


def crew(name: str = "河西抢修一班", *districts: str, on_duty: bool = True) -> Crew:
    """Return a crew of 河西 unless told."""
    row, _made = Crew.objects.get_or_create(
        name=name, defaults={"phone": "022-95598001", "on_duty": on_duty}
    )
    row.regions.set(Region.objects.filter(pk__in=districts or [cast.HEXI]))
    return row


def reported(net: Grid, *, at: datetime = cast.NOW, **said: Any) -> FaultReport:
    """Return a report from 海河花园 unless told."""
    facts: dict[str, Any] = {
        "trouble": "home",
        "region": cast.HEXI,
        "place": GARDEN,
        "premises": net.garden_gate,
    }
    return reporting.report(**{**facts, **said}, at=at)


def order_of(report: FaultReport) -> RepairOrder:
    """Return the order of a report, fresh."""
    assert report.order_id is not None
    return RepairOrder.objects.get(pk=report.order_id)


def ordered(net: Grid, *, at: datetime = cast.NOW, **said: Any) -> RepairOrder:
    """Return the order that a report opened."""
    return order_of(reported(net, at=at, **said))


def on_site(net: Grid, *, at: datetime = cast.NOW, **said: Any) -> RepairOrder:
    """Return an order whose crew is there."""
    order = ordered(net, at=at, **said)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=at)
    return repairing.arrive(order, by=cast.wang(), at=at)


def clock_of(order: RepairOrder, stage: str) -> Clock:
    """Return one clock of an order."""
    return Clock.objects.get(reference=order.number, stage=stage)


def fault(net: Grid, *codes: str, at: datetime = cast.NOW, **facts: Any) -> Outage:
    """Return a fault that is under way at these 台区, 海河花园 unless told."""
    return running.record_fault(
        scope=[ScopePart("transformer", code) for code in codes or ["T-YY1-01"]],
        reason="低压电缆故障",
        began_at=None,
        by=cast.sun(),
        at=at,
        **facts,
    )


def announced(
    net: Grid,
    *,
    starts_at: datetime,
    hours: int = 4,
    code: str = "T-YY1-01",
    kind: str = "planned",
) -> Outage:
    """Return a planned outage announced eight days ahead."""
    before = starts_at - timedelta(days=8)
    outage = drafting.draft(
        kind=kind,
        reason="更换变压器",
        scope=[ScopePart("transformer", code)],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        by=cast.sun(),
        at=before,
    )
    announcing.approve(outage, by=zhou(), at=before)
    announcing.announce(outage, by=cast.sun(), at=before)
    return outage


def told_of_arrears(account: Account, *, starts_at: datetime) -> Outage:
    """Return an account that will be cut for arrears, announced eight days ahead."""
    before = starts_at - timedelta(days=8)
    due = (before - timedelta(days=40)).date()
    outage = drafting.draft(
        kind="arrears",
        reason="逾期未交电费",
        scope=[ScopePart("account", account.number)],
        starts_at=starts_at,
        arrears=drafting.Debt(due_on=due, reminded_on=(due + timedelta(days=10),)),
        by=cast.sun(),
        at=before,
    )
    announcing.approve(outage, by=zhou(), at=before)
    announcing.announce(outage, by=cast.sun(), at=before)
    return outage


def cut_for_arrears(account: Account) -> Outage:
    """Return an account that was cut for arrears after every legal step."""
    outage = told_of_arrears(account, starts_at=cast.NOW)
    arrears.give_final_notice(
        outage, by=cast.sun(), at=cast.NOW - timedelta(minutes=31)
    )
    running.begin(outage, by=cast.sun(), at=cast.NOW)
    return outage
