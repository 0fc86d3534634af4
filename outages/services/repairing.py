"""What crews and dispatchers do with a repair order, one function an act.

Every function raises Refused, OutOfOrder or Stale when the act is not this person's or
not due, and ValidationError by field for an answer that does not do. ``seen`` is the
number of events on the page where the act was decided.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.lifecycles.outage import OUT
from outages.lifecycles.outage import Status as OutageStatus
from outages.models import Crew, Interruption, Outage, RepairOrder
from outages.services import acting, moments, repair_clocks
from outages.services.acting import Act
from outages.services.moments import iso
from outages.vocabulary import Importance, OutageKind
from sla.ground.actors import Actor
from sla.ground.texts import stated

LONGEST = 200


def dispatch(
    order: RepairOrder,
    *,
    crew: Crew,
    by: Actor,
    at: datetime,
    estimated_at: datetime | None = None,
    seen: int | None = None,
) -> RepairOrder:
    """Send a crew of the district that is on duty, with a first estimate if known."""
    with acting.act(order, "dispatch", by=by, at=at, seen=seen) as act:
        _send(act, crew)
        if estimated_at is not None:
            _expect(act, estimated_at, at)
    return order


def redispatch(
    order: RepairOrder,
    *,
    crew: Crew,
    by: Actor,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> RepairOrder:
    """Send another crew; the clocks go on, since nobody waits less for it."""
    with acting.act(order, "redispatch", by=by, at=at, note=reason, seen=seen) as act:
        if crew.pk == act.row.crew_id:
            raise ValidationError(
                {"crew": _("这张抢修单已经派给这个班组，请选择其他班组。")}
            )
        act.remember(before=str(act.row.crew))
        _send(act, crew)
    return order


def arrive(
    order: RepairOrder, *, by: Actor, at: datetime, seen: int | None = None
) -> RepairOrder:
    """Record that the crew is there: one clock ends, the other begins."""
    with acting.act(order, "arrive", by=by, at=at, seen=seen) as act:
        repair_clocks.arrived(act.row, at=at, by=by.label())
    return order


def start_repair(
    order: RepairOrder, *, by: Actor, at: datetime, seen: int | None = None
) -> RepairOrder:
    """Record that the repair itself has begun."""
    with acting.act(order, "start_repair", by=by, at=at, seen=seen):
        pass
    return order


def estimate(
    order: RepairOrder,
    *,
    estimated_at: datetime,
    by: Actor,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> RepairOrder:
    """Say when power is expected back; whoever was told another time is told why."""
    with acting.act(order, "estimate", by=by, at=at, note=reason, seen=seen) as act:
        if act.row.estimated_at is not None:
            stated(reason, _("请写明预计时间变化的原因，用户会看到。"))
        _expect(act, estimated_at, at)
    return order


def link(
    order: RepairOrder,
    *,
    outage: Outage,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> RepairOrder:
    """Say which outage this trouble belongs to; it must cover the 台区."""
    with acting.act(order, "link", by=by, at=at, seen=seen) as act:
        _require_covering(outage, act.row)
        act.remember(outage=outage.number)
        act.row.outage = outage
    return order


def widen(
    order: RepairOrder, *, by: Actor, at: datetime, seen: int | None = None
) -> RepairOrder:
    """Take the trouble as the whole line's: later reports along it join this order."""
    with acting.act(order, "widen", by=by, at=at, seen=seen) as act:
        row = act.row
        assert row.transformer is not None, "the rule asks for one"
        act.remember(transformer=row.transformer.code)
        row.transformer = None
    return order


def restore(
    order: RepairOrder,
    *,
    by: Actor,
    at: datetime,
    outcome: str = "",
    seen: int | None = None,
) -> RepairOrder:
    """Record that power is back, and what it was."""
    with acting.act(order, "restore", by=by, at=at, seen=seen) as act:
        act.row.outcome = _short(outcome, "outcome")
        repair_clocks.restored(act.row, at=at, by=by.label())
    return order


def dismiss(
    order: RepairOrder,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> RepairOrder:
    """Say that the network is in order; ``reason`` is what the person reads.

    The person is told what to do next (``advice``).
    """
    with acting.act(order, "dismiss", by=by, at=at, note=reason, seen=seen) as act:
        stated(reason, _("请写明查到的情况，用户会看到。"))
        act.row.outcome = _short(reason, "reason")
        repair_clocks.called_off(act.row, at=at, by=by.label(), reason="不属于电网故障")
    return order


def close(
    order: RepairOrder,
    *,
    outcome: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> RepairOrder:
    """Close after calling back; ``outcome`` is what the person said."""
    with acting.act(order, "close", by=by, at=at, note=outcome, seen=seen) as act:
        stated(outcome, _("请写明回访结果。"), field="outcome")
        act.row.outcome = _short(outcome, "outcome")
    return order


def note(
    order: RepairOrder, *, text: str, by: Actor, at: datetime, seen: int | None = None
) -> RepairOrder:
    """Add a remark for colleagues; the public does not see it."""
    with acting.act(order, "note", by=by, at=at, note=text, seen=seen):
        stated(text, _("请填写备注。"), field="text")
    return order


def advice(order: RepairOrder) -> str:
    """Return what somebody can do whose own equipment is at fault.

    Where livelihood hangs on the supply, help comes all the same (保障民生用电).
    """
    if order.importance != Importance.ORDINARY:
        return _(
            "经查不是电网故障，是用户内部的设备或线路故障。您的用电关系民生，"
            "需要应急供电或帮助检修的，请拨打95598，我们上门协助。"
        )
    return _(
        "经查不是电网故障，是用户内部的设备或线路故障。请先看家里的总开关和漏电保护器"
        "是否跳闸；合不上的，请物业或有资质的电工检修。仍有困难请拨打95598。"
    )


# -- What the acts have in common ------------------------------------------------------
def _send(act: Act[RepairOrder], crew: Crew) -> None:
    if not crew.on_duty:
        raise ValidationError({"crew": _("这个班组现在不当值，请选择当值的班组。")})
    if not crew.regions.filter(pk=act.row.region_id).exists():
        raise ValidationError({"crew": _("这个班组不负责这个区，请选择本区的班组。")})
    act.remember(crew=crew.name)
    act.row.crew = crew


def _expect(act: Act[RepairOrder], estimated_at: datetime, at: datetime) -> None:
    row = act.row
    moment = moments.hoped_for(
        estimated_at, field="estimated_at", began=row.reported_at, at=at
    )
    act.remember(estimated_at=[iso(row.estimated_at), iso(moment)])
    row.estimated_at = moment


def _require_covering(outage: Outage, order: RepairOrder) -> None:
    if outage.kind == OutageKind.ARREARS:
        raise ValidationError({"outage": _("欠费停电不能关联抢修单。")})
    if outage.status not in OUT | {OutageStatus.ANNOUNCED}:
        raise ValidationError(
            {
                "outage": _("%(number)s当前为“%(status)s”，只能关联正在停电的记录。")
                % {"number": outage.number, "status": outage.get_status_display()}
            }
        )
    cut = Interruption.objects.filter(outage=outage)
    if order.transformer_id is not None:
        cut = cut.filter(transformer=order.transformer_id)
    elif order.line_id is not None:
        cut = cut.filter(line=order.line_id)
    else:
        cut = cut.filter(region=order.region_id)
    if not cut.exists():
        raise ValidationError(
            {"outage": _("%s的停电范围不包括这张抢修单的台区。") % outage.number}
        )


def _short(text: str, field: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise ValidationError({field: _("请不要超过%s个字。") % LONGEST})
    return text
