"""The history of an application as evidence: every event, and whether it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from applications.lifecycle import ACTIONS, Status
from applications.models import Application, Event


@dataclass(frozen=True, slots=True)
class Link:
    """One event in words; ``holds`` tells whether its hash fits content and elder."""

    event: Event
    act: str
    before: str
    after: str
    holds: bool


def links(events: Iterable[Event]) -> list[Link]:
    """Compare events, in the order of their numbers, each with its hash."""
    found: list[Link] = []
    previous, number = "", 0
    for event in events:
        number += 1
        found.append(
            Link(
                event=event,
                act=str(ACTIONS[event.action].label),
                before=str(Status(event.before).label),
                after=str(Status(event.after).label),
                holds=event.seq == number
                and event.previous_hash == previous
                and event.hash == event.digest(),
            )
        )
        previous, number = event.hash, event.seq
    return found


def is_whole(application: Application, found: Sequence[Link]) -> bool:
    """Tell whether every event holds and none is missing at the end."""
    last = found[-1].event if found else None
    complete = last is not None and (last.seq, last.after) == (
        application.last_seq,
        application.status,
    )
    return complete and all(link.holds for link in found)
