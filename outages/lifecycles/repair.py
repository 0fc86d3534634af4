"""The lifecycle of a repair order, from the first call to power restored."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outages.lifecycles.acts import ActFacts
from sla.ground.actors import Role


class Status(TextChoices):
    """Where a repair stands; the public reads these as the steps of a journey."""

    RECEIVED = "received", _("已受理")
    DISPATCHED = "dispatched", _("已派单")
    ARRIVED = "arrived", _("已到达现场")
    REPAIRING = "repairing", _("抢修中")
    RESTORED = "restored", _("已恢复供电")
    CLOSED = "closed", _("已办结")
    DISMISSED = "dismissed", _("不属于电网故障")


_S = Status
OPEN = frozenset({_S.RECEIVED, _S.DISPATCHED, _S.ARRIVED, _S.REPAIRING})
STEPS = (_S.RECEIVED, _S.DISPATCHED, _S.ARRIVED, _S.REPAIRING, _S.RESTORED)

# Whoever keeps the network, a district's supervisor, and the manager on duty there.
DISPATCHERS = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.MANAGER})
_ANYBODY = frozenset(Role)


def _act(
    label: str | Promise,
    sources: Status | frozenset[Status],
    target: Status | None = None,
    *,
    who: frozenset[Role] = DISPATCHERS,
    danger: bool = False,
) -> ActFacts:
    origin = frozenset({sources}) if isinstance(sources, Status) else sources
    return ActFacts(label, who, frozenset(origin), target, danger)


_ON_SITE = frozenset({_S.ARRIVED, _S.REPAIRING})

ACTS: dict[str, ActFacts] = {
    "join": _act(_("又有人报修"), OPEN, who=_ANYBODY),
    "dispatch": _act(_("派单"), _S.RECEIVED, _S.DISPATCHED),
    "redispatch": _act(_("改派"), frozenset({_S.DISPATCHED, _S.ARRIVED, _S.REPAIRING})),
    "arrive": _act(_("到达现场"), _S.DISPATCHED, _S.ARRIVED),
    "start_repair": _act(_("开始抢修"), _S.ARRIVED, _S.REPAIRING),
    "estimate": _act(_("更新预计复电时间"), OPEN),
    "link": _act(pgettext_lazy("act", "关联停电"), OPEN),
    "widen": _act(_("按线路故障处理"), OPEN),
    "restore": _act(pgettext_lazy("act", "恢复供电"), _ON_SITE, _S.RESTORED),
    "dismiss": _act(
        _("不属于电网故障"),
        frozenset({_S.RECEIVED, _S.DISPATCHED, _S.ARRIVED, _S.REPAIRING}),
        _S.DISMISSED,
        danger=True,
    ),
    "close": _act(_("回访办结"), _S.RESTORED, _S.CLOSED),
    "note": _act(_("添加备注"), frozenset(_S)),
}
