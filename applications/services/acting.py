"""The one door: lock, ask the rule, act, move the clocks, write the event."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications import permissions
from applications.lifecycle import ACTIONS, Status
from applications.models import Application
from applications.services import history, timing
from applications.services.history import Entry, LateEntry
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.ground.errors import Stale
from sla.ground.record import for_the_record
from sla.services import rulebook

LATEST_ENTRY = timedelta(days=366)


@dataclass(slots=True)
class Act:
    """An act in progress: the locked row, and what its event will say."""

    application: Application
    entry: Entry = field(default_factory=Entry)

    def remember(self, **facts: Any) -> None:
        """Add facts to the event's payload."""
        self.entry.payload |= facts


@contextmanager
def act(
    application: Application,
    action: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
    locked: Application | None = None,
) -> Iterator[Act]:
    """Perform ``action`` around the caller's own changes, in one transaction.

    The caller changes ``act.application`` (locked and fresh) inside the block; on
    leaving it the transition runs, the clocks follow, the event is written. ``seen`` is
    the number of events on the page where this was decided; ``locked`` is the row if
    the caller holds its lock already. Raises Refused, OutOfOrder or Stale; then, and on
    any error, nothing is kept.
    """
    # Who holds the lock already is in a transaction, which an error undoes wholly.
    with transaction.atomic(savepoint=locked is None), rulebook.steady():
        locked = locked or lock(application)
        _require_fresh(locked, seen)
        permissions.require(action, locked, by=by, at=at)
        _require_vouched(late, by=by, at=at)
        before, as_read = Status(locked.status), locked.columns()
        running = Act(locked, Entry(note=note.strip(), late=late))
        yield running
        if locked.manager_id is None and by.role in STAFF_WHO_ACT:
            locked.manager_id = by.pk
        if ACTIONS[action].target is not None:
            getattr(locked, action)(at)
            with for_the_record():
                reason = str(ACTIONS[action].label)
            timing.follow(locked, before=before, by=by, at=at, reason=reason)
        history.record(
            locked, action=action, before=before, by=by, at=at, entry=running.entry
        )
        locked.save(update_fields=locked.changed_since(as_read))
    bring_up_to_date(application, locked)


def lock(application: Application) -> Application:
    """Return the row as it is now, locked until the transaction ends."""
    return Application.objects.select_for_update().get(pk=application.pk)


def _require_fresh(application: Application, seen: int | None) -> None:
    if seen is None or seen == application.last_seq:
        return
    latest = application.events.order_by("-seq").first()
    assert latest is not None, "a sequence above zero has its event"
    raise Stale(
        permissions.STALE
        % {"who": latest.by_label, "act": ACTIONS[latest.action].label}
    )


def _require_vouched(late: LateEntry | None, *, by: Actor, at: datetime) -> None:
    if late is None:
        return
    if not late.reason.strip():
        raise ValidationError({"late_reason": _("补录必须写明原因。")})
    if late.happened_at > at:
        raise ValidationError({"late_happened_at": _("补录的时间不能晚于现在。")})
    if late.happened_at < at - LATEST_ENTRY:
        raise ValidationError({"late_happened_at": _("补录的时间超过一年，请核对。")})
    if late.witness.pk == by.pk or late.witness.role != Role.SUPERVISOR:
        raise ValidationError({"late_witness": _("补录须由另一位班组长证明。")})


def bring_up_to_date(application: Application, locked: Application) -> None:
    """Let the caller's instance show what was saved, without another query."""
    for model_field in Application._meta.concrete_fields:
        setattr(application, model_field.attname, getattr(locked, model_field.attname))
