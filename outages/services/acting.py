"""The one door of this floor: lock, ask the rule, act, write the event.

Outages, repair orders and governance cases go through the same door; what differs is
their table of acts, their rules and what follows an act.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from outages import permissions
from outages.models import GovernanceCase, Outage, OutageEvent, RepairOrder
from outages.permissions import book_of
from sla.ground.actors import Actor, Role
from sla.ground.errors import Stale

Row = TypeVar("Row", Outage, RepairOrder, GovernanceCase)


@dataclass(slots=True)
class Act(Generic[Row]):
    """An act in progress: the locked row, and what its event will say."""

    row: Row
    payload: dict[str, Any] = field(default_factory=dict)

    def remember(self, **facts: Any) -> None:
        """Add facts to the event's payload."""
        self.payload |= facts


@contextmanager
def act(
    row: Row,
    action: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Iterator[Act[Row]]:
    """Perform ``action`` around the caller's own changes, in one transaction.

    The caller changes ``act.row`` (locked and fresh) inside the block; on leaving it
    the transition runs and the event is written. ``seen`` is the number of events on
    the page where this was decided. Raises Refused, OutOfOrder or Stale; then, and on
    any error, nothing is kept.
    """
    with transaction.atomic():
        locked = lock(row)
        _require_fresh(locked, seen)
        permissions.require(action, locked, by=by, at=at)
        before = locked.status
        running = Act(locked)
        yield running
        if book_of(locked).acts[action].target is not None:
            getattr(locked, action)(at)
        record(
            locked, action=action, before=before, by=by, at=at,
            payload=running.payload, note=note,
        )  # fmt: skip
        locked.save()
    for model_field in row._meta.concrete_fields:
        setattr(row, model_field.attname, getattr(locked, model_field.attname))


def lock(row: Row) -> Row:
    """Return the row as it is now, locked until the transaction ends."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return rows.get(pk=row.pk)


def record(
    row: Outage | RepairOrder | GovernanceCase,
    *,
    action: str,
    before: str,
    by: Actor,
    at: datetime,
    payload: dict[str, Any] | None = None,
    note: str = "",
) -> OutageEvent:
    """Append an event to the row's chain; the row must be locked, or new.

    The caller saves the row, whose ``last_seq`` is counted on. Two requests read the
    time before they wait for the lock: the later one is not recorded before the other.
    """
    earlier = OutageEvent.objects.filter(reference=row.number).order_by("-seq")
    previous_hash, previous_at = earlier.values_list("hash", "at").first() or ("", at)
    event = OutageEvent(
        subject=book_of(row).subject,
        reference=row.number,
        seq=row.last_seq + 1,
        at=max(at, previous_at),
        by_id=by.pk,
        by_label=by.label(),
        by_role=Role(by.role),
        action=action,
        before=before,
        after=row.status,
        payload=payload or {},
        note=note.strip(),
        previous_hash=previous_hash,
    )
    event.hash = event.digest()
    event.save(force_insert=True)
    row.last_seq = event.seq
    return event


def _require_fresh(
    row: Outage | RepairOrder | GovernanceCase, seen: int | None
) -> None:
    if seen is None or seen == row.last_seq:
        return
    latest = OutageEvent.objects.filter(reference=row.number).order_by("-seq").first()
    assert latest is not None, "a sequence above zero has its event"
    raise Stale(
        _("这条记录刚刚由%(who)s办理了“%(act)s”，请看过最新情况再办理。")
        % {"who": latest.by_label, "act": permissions.label_of(row, latest.action)}
    )
