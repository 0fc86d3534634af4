"""Which acts a person is offered on an application, and why some are grey."""

from dataclasses import dataclass
from datetime import datetime

from applications import permissions
from applications.lifecycle import ACTIONS
from applications.models import Application
from sla.ground.actors import Actor


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: its act, its words, and the reason when it cannot be pressed."""

    action: str
    label: str
    allowed: bool
    reason: str
    danger: bool


def offers(application: Application, *, by: Actor, at: datetime) -> list[Offer]:
    """Return the acts of this person's role that the status leads to."""
    found = []
    for action, facts in ACTIONS.items():
        if by.role in facts.who and application.status in facts.sources:
            allowed, reason = permissions.can(action, application, by=by, at=at)
            found.append(Offer(action, str(facts.label), allowed, reason, facts.danger))
    return found
