"""Who publishes a year of reliability, and when it may be."""

from datetime import datetime

from django.utils.translation import gettext as _

from sla.engine import SHANGHAI
from sla.ground.actors import Actor, Role
from sla.ground.errors import Refused


def require_publisher(by: Actor) -> None:
    """Raise Refused unless this person keeps the figures."""
    if not by.is_active or by.role != Role.OPERATOR:
        raise Refused(_("年度供电可靠性只能由运维人员发布。"))


def require_over(year: int, at: datetime) -> None:
    """Raise Refused while the year still runs."""
    if year >= at.astimezone(SHANGHAI).year:
        raise Refused(
            _("%(year)s年还没有结束，结束后才能发布全年指标。") % {"year": year}
        )
