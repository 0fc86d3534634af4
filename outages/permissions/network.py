"""Who may change the network, and who sees which part of it."""

from django.utils.translation import gettext as _

from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.ground.errors import Refused

KEEPERS = frozenset({Role.OPERATOR, Role.SYSTEM})
# Who looks up a line or a 台区 at work; staff of a district in their own.
READERS = STAFF_WHO_ACT | {Role.OPERATOR}


def require_import(by: Actor) -> None:
    """Raise Refused unless this person may bring a file into the network."""
    if not by.is_active or by.role not in KEEPERS:
        raise Refused(_("网络数据只能由运维人员导入。"))


def may_import(by: Actor) -> bool:
    """Tell whether ``require_import`` would pass."""
    return by.is_active and by.role in KEEPERS


def may_read(by: Actor) -> bool:
    """Tell whether this person looks at the network at all."""
    return by.is_active and by.role in READERS


def districts_seen(by: Actor) -> frozenset[str] | None:
    """Return the districts whose network this person sees; None for the whole city."""
    return by.district_codes() if by.role in STAFF_WHO_ACT else None
