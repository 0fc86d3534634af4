"""Reading what is shown masked: allowed to those who need it, and written down."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from applications import permissions
from applications.models import Application, Event
from applications.services import acting, history
from sla.ground.actors import Actor
from sla.ground.errors import Refused
from sla.ground.texts import stated

MOST_AN_HOUR = 30
ACTION = "reveal"


def reveal(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> Application:
    """Record that this person reads identity and phone in full, and why.

    Changes nothing but the history, whoever else is at work on the case, so ``seen`` is
    not compared. Raises Refused beyond 30 readings an hour by one person (TRUST S4).
    """
    reason = stated(reason, _("请写明为什么需要查看完整信息。"))
    with transaction.atomic():
        locked = acting.lock(application)
        permissions.require(ACTION, locked, by=by, at=at)
        _require_moderation(by, at)
        history.record(
            locked,
            action=ACTION,
            before=locked.status,
            by=by,
            at=at,
            entry=history.Entry(note=reason),
        )
        locked.save(update_fields=["last_seq"])
    application.last_seq = locked.last_seq
    return application


def _require_moderation(by: Actor, at: datetime) -> None:
    since = at - timedelta(hours=1)
    read = Event.objects.filter(action=ACTION, by_id=by.pk, at__gt=since)
    if read.count() >= MOST_AN_HOUR:
        raise Refused(_("您一小时内已查看%s次完整信息，请稍后再试。") % MOST_AN_HOUR)
