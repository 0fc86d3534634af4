"""What single acts on outages ask beyond role, reach and status."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from outages.lifecycles.outage import KEEPERS, Status
from outages.models import Outage, OutageEvent
from outages.permissions import arrears, reach
from outages.vocabulary import Exclusion, OutageKind
from sla.ground.actors import Actor
from sla.ground.errors import OutOfOrder, Refused
from sla.words import exact_moment, listed

Rule = Callable[[Outage, Actor, datetime], None]
WRITING = ("draft", "change", "merge")
# Works that can wait, and therefore can share one outage.
MOVABLE = frozenset({OutageKind.PLANNED, OutageKind.TEMPORARY})


def require_to_draft(districts: Iterable[str], *, by: Actor) -> None:
    """Raise Refused unless this person may draft an outage of these districts."""
    if not by.is_active:
        raise Refused(_("您的账号已停用，请联系管理员。"))
    if by.role not in KEEPERS:
        who = listed(role.label for role in sorted(KEEPERS))
        raise Refused(_("停电只能由%(who)s拟定。") % {"who": who})
    reach.require_districts(districts, by=by)


def _approve(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.kind == OutageKind.FAULT:
        raise Refused(_("故障停电不经批准，请直接登记故障停电。"))
    if by.pk in _writers(outage):
        raise Refused(_("停电须由拟定人以外的另一人批准，请交同事办理。"))
    _require_plan(outage, at)
    if outage.kind == OutageKind.ARREARS:
        arrears.require_owed(outage, at)


def _writers(outage: Outage) -> set[int | None]:
    """Return who drafted, and who wrote what stands in the draft now."""
    written = OutageEvent.objects.filter(reference=outage.number, action__in=WRITING)
    latest = written.order_by("-seq").values_list("by_id", flat=True).first()
    return {outage.drafted_by_id, latest}


def _require_plan(outage: Outage, at: datetime) -> None:
    if outage.starts_at is None:
        raise Refused(_("还没有填写计划停电时间，请先修改。"))
    if outage.starts_at < at:
        raise Refused(
            _("计划停电时间（%(starts)s）已过，请先修改时间。")
            % {"starts": exact_moment(outage.starts_at)}
        )


def _announce(outage: Outage, by: Actor, at: datetime) -> None:
    _require_plan(outage, at)
    if outage.kind == OutageKind.ARREARS:
        arrears.require_owed(outage, at)
        arrears.require_notice(outage, at)


def _begin(outage: Outage, by: Actor, at: datetime) -> None:
    assert outage.starts_at is not None, "what is announced has its times"
    if at < outage.starts_at:
        raise OutOfOrder(
            _(
                "未到公告的停电时间（%(starts)s），不能提前停电；确需提前的，先变更时间。"
            )
            % {"starts": exact_moment(outage.starts_at)}
        )
    if outage.kind == OutageKind.ARREARS:
        arrears.require_every_step(outage, at)


def _break_out(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.kind != OutageKind.FAULT:
        raise Refused(_("只有故障停电可以直接登记，其他停电须先批准、公告。"))


def _extend(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.ends_at is None:
        raise Refused(_("这次停电没有公告复电时间，请更新预计复电时间。"))


def _estimate(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.kind == OutageKind.ARREARS:
        raise Refused(_("欠费停电在交清电费后24小时内恢复，不预计复电时间。"))


def _judge_exclusion(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.exclusion != Exclusion.CLAIMED:
        raise OutOfOrder(_("没有待复核的剔除申请，请先认定停电原因。"))
    if by.pk == outage.cause_set_by_id:
        raise Refused(_("剔除须由认定原因以外的另一人复核，请交同事办理。"))


def _review(outage: Outage, by: Actor, at: datetime) -> None:
    if not outage.cause:
        raise OutOfOrder(_("还没有认定停电原因，请先认定。"))
    if outage.exclusion == Exclusion.CLAIMED:
        raise OutOfOrder(_("剔除申请还没有复核，请先由另一人复核。"))


def _merge(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.kind not in MOVABLE:
        raise Refused(_("只有计划检修和临时检修可以合并停电。"))


def _only_arrears(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.kind != OutageKind.ARREARS:
        raise Refused(_("只有欠费停电需要办理这一步。"))


def _report_to_district(outage: Outage, by: Actor, at: datetime) -> None:
    _only_arrears(outage, by, at)
    if not outage.arrears.residential_compound:
        raise Refused(_("不涉及居民住宅小区，无需报告。"))


def _give_final_notice(outage: Outage, by: Actor, at: datetime) -> None:
    _only_arrears(outage, by, at)
    arrears.require_time_of_final_notice(outage, at)


def _record_payment(outage: Outage, by: Actor, at: datetime) -> None:
    _only_arrears(outage, by, at)
    if outage.arrears.paid_at is not None:
        raise OutOfOrder(
            _("已于%(paid)s登记交清。") % {"paid": exact_moment(outage.arrears.paid_at)}
        )


def _restore_part(outage: Outage, by: Actor, at: datetime) -> None:
    if outage.interruptions.filter(restored_at=None).count() < 2:
        raise OutOfOrder(_("只剩一个台区没有复电，请办理全部复电。"))


RULES: dict[str, Rule] = {
    "approve": _approve,
    "announce": _announce,
    "begin": _begin,
    "break_out": _break_out,
    "extend": _extend,
    "estimate": _estimate,
    "restore_part": _restore_part,
    "confirm_exclusion": _judge_exclusion,
    "reject_exclusion": _judge_exclusion,
    "review": _review,
    "merge": _merge,
    "report_to_district": _report_to_district,
    "give_final_notice": _give_final_notice,
    "record_payment": _record_payment,
}


def is_announced(outage: Outage) -> bool:
    """Tell whether people were told that this is to come."""
    return bool(outage.status == Status.ANNOUNCED)
