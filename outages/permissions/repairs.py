"""What single acts on repairs ask beyond role, reach and status."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from outages.lifecycles.repair import DISPATCHERS, Status
from outages.models import FaultReport, RepairOrder
from outages.vocabulary import Trouble
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.ground.errors import Refused

Rule = Callable[[RepairOrder, Actor, datetime], None]


def dismiss(order: RepairOrder, _by: Actor, _at: datetime) -> None:
    """Nobody says from a desk that a wire on the ground is no danger."""
    unseen = order.status in {Status.RECEIVED, Status.DISPATCHED}
    if order.trouble == Trouble.DANGER and unseen:
        raise Refused(_("涉及人身安全的报修须到现场看过才能认定，请先派单到场。"))


def link(order: RepairOrder, _by: Actor, _at: datetime) -> None:
    """Street lights have a supply of their own."""
    if order.trouble == Trouble.STREET_LIGHT:
        raise Refused(_("路灯维修不关联停电。"))


def widen(order: RepairOrder, _by: Actor, _at: datetime) -> None:
    """Only a trouble of one 台区 can turn out to be its line's."""
    if order.transformer_id is None:
        raise Refused(_("抢修单没有对应的台区，或已按线路故障处理。"))


def sees(by: Any, report: FaultReport) -> bool:
    """Tell whether this person repairs there, and so may see what was sent in.

    ``by`` is whoever asks, also somebody who did not sign in.
    """
    role = getattr(by, "role", "")
    if role not in DISPATCHERS or not by.is_active:
        return False
    return role not in STAFF_WHO_ACT or report.region_id in by.district_codes()


RULES: dict[str, Rule] = {"dismiss": dismiss, "link": link, "widen": widen}
