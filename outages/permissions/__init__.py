"""The rules: one function an act, raising ``Refused`` with a sentence for people.

The same rule greys the button, gives its tooltip, and guards the service and the API.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from outages.lifecycles import governance as governance_life
from outages.lifecycles import outage as outage_life
from outages.lifecycles import repair as repair_life
from outages.lifecycles.acts import ActFacts
from outages.models import GovernanceCase, Outage, RepairOrder, Subject
from outages.permissions import governance, outages, reach, repairs
from sla.ground.actors import Actor
from sla.ground.errors import OutOfOrder, Refused
from sla.words import listed

Row = Outage | RepairOrder | GovernanceCase


@dataclass(frozen=True, slots=True)
class Book:
    """What one kind of row lives by: its acts, its rules, and who reaches it."""

    subject: Subject
    name: Promise
    acts: Mapping[str, ActFacts]
    rules: Mapping[str, Callable[[Any, Actor, datetime], None]]


BOOKS: dict[type[Row], Book] = {
    Outage: Book(
        Subject.OUTAGE,
        pgettext_lazy("what is handled", "停电"),
        outage_life.ACTS,
        outages.RULES,
    ),
    RepairOrder: Book(
        Subject.REPAIR,
        pgettext_lazy("what is handled", "抢修单"),
        repair_life.ACTS,
        repairs.RULES,
    ),
    GovernanceCase: Book(
        Subject.GOVERNANCE,
        pgettext_lazy("what is handled", "治理"),
        governance_life.ACTS,
        governance.RULES,
    ),
}


def book_of(row: Row) -> Book:
    """Return what this row lives by."""
    return BOOKS[type(row)]


def label_of(row: Row, action: str) -> str:
    """Return how an act is called; acts that only create have their own words."""
    facts = book_of(row).acts.get(action)
    return str(facts.label) if facts else _("登记")


def require(action: str, row: Row, *, by: Actor, at: datetime) -> None:
    """Raise Refused unless this person may do this act on this row now."""
    facts = book_of(row).acts[action]
    if not by.is_active:
        raise Refused(_("您的账号已停用，请联系管理员。"))
    if by.role not in facts.who:
        who = listed(role.label for role in sorted(facts.who))
        raise Refused(
            _("“%(act)s”只能由%(who)s办理。") % {"act": facts.label, "who": who}
        )
    reach.require(row, by=by)
    if row.status not in facts.sources:
        raise OutOfOrder(
            _("%(what)s当前为“%(status)s”，不能办理“%(act)s”。")
            % {
                "what": book_of(row).name,
                "status": row.get_status_display(),
                "act": facts.label,
            }
        )
    rule = book_of(row).rules.get(action)
    if rule is not None:
        rule(row, by, at)


def can(action: str, row: Row, *, by: Actor, at: datetime) -> tuple[bool, str]:
    """Return whether ``require`` would pass, and the reason when it would not."""
    try:
        require(action, row, by=by, at=at)
    except Refused as refusal:
        return False, refusal.reason
    return True, ""
