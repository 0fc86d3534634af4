"""Which acts a person is offered on a row of this floor, and why some are grey."""

from dataclasses import dataclass
from datetime import datetime

from outages import permissions
from outages.models import GovernanceCase, Outage, RepairOrder
from outages.permissions.outages import MOVABLE
from outages.vocabulary import Exclusion, OutageKind
from sla.ground.actors import Actor

FOR_ARREARS = frozenset({"report_to_district", "give_final_notice", "record_payment"})
FOR_CLAIMS = frozenset({"confirm_exclusion", "reject_exclusion"})
# These happen by what somebody reports elsewhere, never by a button.
PRESSED_BY_NOBODY = frozenset({"break_out", "join"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: its act, its words, and the reason when it cannot be pressed."""

    action: str
    label: str
    allowed: bool
    reason: str
    danger: bool
    moves: bool


def offers(
    row: Outage | RepairOrder | GovernanceCase, *, by: Actor, at: datetime
) -> list[Offer]:
    """Return the acts of this person's role that the status leads to.

    Acts that cannot concern this row at all, whatever is done, are not offered.
    """
    found = []
    for action, facts in permissions.book_of(row).acts.items():
        if by.role not in facts.who or row.status not in facts.sources:
            continue
        if action in PRESSED_BY_NOBODY:
            continue
        if isinstance(row, Outage) and not _concerns(row, action):
            continue
        allowed, reason = permissions.can(action, row, by=by, at=at)
        moves = facts.target is not None
        found.append(
            Offer(action, str(facts.label), allowed, reason, facts.danger, moves)
        )
    return found


def _concerns(outage: Outage, action: str) -> bool:
    if action in FOR_ARREARS:
        return outage.kind == OutageKind.ARREARS
    if action in FOR_CLAIMS:
        return outage.exclusion == Exclusion.CLAIMED
    if action == "merge":
        return outage.kind in MOVABLE
    if action == "estimate":
        return outage.kind != OutageKind.ARREARS
    if action == "extend":
        return outage.ends_at is not None
    return True
