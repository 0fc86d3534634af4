"""The lifecycle of an outage, from its draft to its review."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outages.lifecycles.acts import ActFacts
from sla.ground.actors import Role


class Status(TextChoices):
    """Where an outage stands."""

    DRAFTED = "drafted", _("拟定")
    APPROVED = "approved", _("已批准，待公告")
    ANNOUNCED = "announced", _("已公告")
    UNDER_WAY = "under_way", _("停电中")
    EXTENDED = "extended", _("停电中（已延时）")
    RESTORED = "restored", _("已复电")
    REVIEWED = "reviewed", _("已复核")
    CANCELLED = "cancelled", _("已取消")


_S = Status
OUT = frozenset({_S.UNDER_WAY, _S.EXTENDED})
AHEAD = frozenset({_S.DRAFTED, _S.APPROVED, _S.ANNOUNCED})
OVER = frozenset({_S.RESTORED, _S.REVIEWED})
# What the public sees, and what counts once it has begun.
PUBLIC = frozenset({_S.ANNOUNCED}) | OUT | OVER
HAPPENED = OUT | OVER

# Whoever keeps the network drafts and announces; a supervisor in his own territory.
KEEPERS = frozenset({Role.OPERATOR, Role.SUPERVISOR})


def _act(
    label: str | Promise,
    sources: Status | frozenset[Status],
    target: Status | None = None,
    *,
    danger: bool = False,
) -> ActFacts:
    origin = frozenset({sources}) if isinstance(sources, Status) else sources
    return ActFacts(label, KEEPERS, frozenset(origin), target, danger)


ACTS: dict[str, ActFacts] = {
    "change": _act(_("修改"), _S.DRAFTED),
    "approve": _act(_("批准"), _S.DRAFTED, _S.APPROVED),
    "send_back": _act(_("退回修改"), _S.APPROVED, _S.DRAFTED),
    "announce": _act(_("发布公告"), _S.APPROVED, _S.ANNOUNCED),
    "reschedule": _act(_("变更停电时间"), _S.ANNOUNCED),
    "begin": _act(_("开始停电"), _S.ANNOUNCED, _S.UNDER_WAY),
    # A fault asks nobody: it is recorded as it happens.
    "break_out": _act(_("登记故障停电"), _S.DRAFTED, _S.UNDER_WAY),
    "estimate": _act(_("更新预计复电时间"), OUT),
    "extend": _act(_("延长停电"), OUT, _S.EXTENDED),
    "restore_part": _act(_("部分复电"), OUT),
    "restore": _act(_("全部复电"), OUT, _S.RESTORED),
    "classify": _act(_("认定停电原因"), HAPPENED),
    "confirm_exclusion": _act(_("同意剔除"), HAPPENED),
    "reject_exclusion": _act(_("不同意剔除"), HAPPENED),
    "review": _act(_("复核"), _S.RESTORED, _S.REVIEWED),
    "cancel": _act(_("取消停电"), AHEAD, _S.CANCELLED, danger=True),
    "merge": _act(_("并入其他工作"), _S.DRAFTED),
    "report_to_district": _act(_("报告区能源（电力）管理部门"), AHEAD),
    "record_payment": _act(_("登记已交清电费"), AHEAD | OUT),
    "give_final_notice": _act(_("停电前再次通知"), _S.ANNOUNCED),
    "note": _act(_("添加备注"), frozenset(_S)),
}
