"""Write what happened: one event an act, chained to the one before."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from applications.models import Application, Event
from sla.ground.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class LateEntry:
    """Something done earlier and entered only now; server time stays what counts.

    A second person vouches for it, and everybody who reads the case sees the flag.
    """

    happened_at: datetime
    reason: str
    witness: Actor


@dataclass(slots=True)
class Entry:
    """What an act wants remembered beside the status."""

    payload: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    late: LateEntry | None = None


def record(
    application: Application,
    *,
    action: str,
    before: str,
    by: Actor,
    at: datetime,
    entry: Entry,
) -> Event:
    """Append the event to the application's chain; the row must be locked.

    Two requests read the time before they wait for the lock: whoever comes later may
    hold the earlier moment, and is recorded at the one before.
    """
    previous_hash, previous_at = _last(application) or ("", at)
    event = Event(
        application=application,
        seq=application.last_seq + 1,
        at=max(at, previous_at),
        by_id=by.pk,
        by_label=by.label(),
        by_role=Role(by.role),
        action=action,
        before=before,
        after=application.status,
        payload=entry.payload | _late_facts(entry.late),
        note=entry.note,
        late_entry=entry.late is not None,
        previous_hash=previous_hash,
    )
    event.hash = event.digest()
    event.save()
    application.last_seq = event.seq
    return event


def _last(application: Application) -> tuple[str, datetime] | None:
    """Return hash and moment of the event before, if there is one."""
    if application.last_seq == 0:
        return None
    return application.events.order_by("-seq").values_list("hash", "at").first()


def _late_facts(late: LateEntry | None) -> dict[str, Any]:
    if late is None:
        return {}
    return {
        "late": {
            "happened_at": late.happened_at.isoformat(),
            "reason": late.reason,
            "witness": late.witness.label(),
        }
    }
