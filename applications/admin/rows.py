"""Lines of a list, as one person may read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from applications.actors import Actor, Role
from applications.lifecycle import Status
from applications.masking import mask_address
from applications.models import Application
from applications.selectors.deadlines import Deadline, Ticket
from sla.vocabulary import UserType


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the application, its deadline, and where it is, masked where due."""

    application: Application
    deadline: Deadline
    exempt: bool
    place: str
    own: bool

    # Django's own get_…_display() compares with every choice, which a list feels.
    @property
    def status(self) -> str:
        return str(Status(self.application.status).label)

    @property
    def user_type(self) -> str:
        return str(UserType(self.application.user_type).label)


def rows(tickets: Iterable[Ticket], *, by: Actor) -> list[Row]:
    """Return the lines of a list for this reader."""
    return [
        Row(
            ticket.application,
            ticket.deadline,
            ticket.exempt,
            place(ticket.application, by=by),
            ticket.application.manager_id == by.pk,
        )
        for ticket in tickets
    ]


def place(application: Application, *, by: Actor) -> str:
    """Return district and address; who only supervises reads no house number."""
    district = application.region.name if application.region else ""
    if by.role == Role.REGULATOR:
        return f"{district} {mask_address(application.address)}"
    return f"{district} {application.address}"
