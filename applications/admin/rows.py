"""Lines of a list, as one person may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import get_language

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors.deadlines import Deadline, Ticket
from sla.ground.actors import Actor, Role
from sla.ground.masking import mask_address
from sla.vocabulary import UserType


@dataclass(frozen=True, slots=True)
class Row:
    """One line: an application and its deadline, and how they read, masked where due.

    Plain words and figures: a template that looks twenty things up in each of fifty
    lines feels every step on the way to them.
    """

    application: Application
    deadline: Deadline
    exempt: bool
    own: bool
    href: str
    number: str
    applicant: str
    place: str
    user_type: str
    capacity: str
    status: str
    turn: str
    turn_label: str
    manager: str

    @property
    def tone(self) -> str:
        return self.deadline.tone


def rows(tickets: Iterable[Ticket], *, by: Actor) -> list[Row]:
    """Return the lines of a list for this reader."""
    language = get_language()
    address = reverse("admin:applications_application_change", args=["0"])
    return [_row(ticket, address, language, by=by) for ticket in tickets]


def _row(ticket: Ticket, address: str, language: str | None, *, by: Actor) -> Row:
    row, turn = ticket.application, ticket.application.turn
    return Row(
        application=row,
        deadline=ticket.deadline,
        exempt=ticket.exempt,
        own=row.manager_id == by.pk,
        href=address.replace("/0/", f"/{row.pk}/"),
        number=row.number or "",
        applicant=row.applicant.masked_name if row.applicant else "",
        place=place(row, by=by),
        user_type=_label(UserType(row.user_type), language),
        capacity=f"{(row.capacity_kw or Decimal()).normalize():f}",
        status=_label(Status(row.status), language),
        turn=turn.value,
        turn_label=_label(turn, language),
        manager=row.manager.display_name if row.manager else "",
    )


@lru_cache(maxsize=256)
def _label(choice: TextChoices, _language: str | None) -> str:
    return str(choice.label)


def place(application: Application, *, by: Actor) -> str:
    """Return district and address; who only supervises reads no house number."""
    district = application.region.name if application.region else ""
    if by.role == Role.REGULATOR:
        return f"{district} {mask_address(application.address)}"
    return f"{district} {application.address}"
