"""The lifecycle of a 频繁停电 governance case: opened by counts, closed by quiet."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outages.lifecycles.acts import ActFacts
from sla.ground.actors import Role


class Status(TextChoices):
    """Where a case stands; 销号 comes only after a clean period."""

    OPENED = "opened", _("待制定方案")
    PLANNED = "planned", _("方案已定，待施工")
    IN_WORKS = "in_works", _("治理施工中")
    OBSERVED = "observed", _("施工完成，观察期")
    CLOSED = "closed", _("已销号")
    LIFTED = "lifted", _("重新认定后解除")


_S = Status
OPEN = frozenset({_S.OPENED, _S.PLANNED, _S.IN_WORKS, _S.OBSERVED})

_KEEPERS = frozenset({Role.OPERATOR, Role.SUPERVISOR})
_SYSTEM = frozenset({Role.SYSTEM})
_INSPECTORS = frozenset({Role.OPERATOR, Role.REGULATOR})


def _act(
    label: str | Promise,
    sources: Status | frozenset[Status],
    target: Status | None = None,
    *,
    who: frozenset[Role] = _KEEPERS,
    danger: bool = False,
) -> ActFacts:
    origin = frozenset({sources}) if isinstance(sources, Status) else sources
    return ActFacts(label, who, frozenset(origin), target, danger)


ACTS: dict[str, ActFacts] = {
    # By counts alone, in the transaction that changed them
    "count": _act(_("停电次数变化"), OPEN, who=_SYSTEM),
    "reopen": _act(
        _("再次频繁停电，重新治理"),
        frozenset({_S.OBSERVED, _S.CLOSED, _S.LIFTED}),
        _S.OPENED,
        who=_SYSTEM,
    ),
    "lift": _act(_("重新认定后不再超标"), OPEN, _S.LIFTED, who=_SYSTEM),
    # By people
    "plan": _act(_("制定治理方案"), frozenset({_S.OPENED, _S.PLANNED}), _S.PLANNED),
    "start_works": _act(_("开始治理施工"), _S.PLANNED, _S.IN_WORKS),
    "finish_works": _act(_("治理施工完成"), _S.IN_WORKS, _S.OBSERVED),
    "inspect": _act(_("现场检查"), _S.OBSERVED, who=_INSPECTORS),
    "close": _act(pgettext_lazy("act", "销号"), _S.OBSERVED, _S.CLOSED),
    "note": _act(_("添加备注"), frozenset(_S), who=_KEEPERS | _INSPECTORS),
}
