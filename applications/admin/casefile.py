"""What lies in the file of a ticket, read only when the page has not kept it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from applications.admin.rows import place
from applications.models import (
    Application,
    Connection,
    Event,
    GridUpgrade,
    Inspection,
    Plan,
)
from applications.selectors import deadlines, progress, tracking
from applications.selectors.cards import Card
from applications.selectors.deadlines import Ticket
from applications.selectors.headline import Headline
from applications.selectors.progress import Progress
from applications.services import documents
from applications.services.documents import ChecklistItem
from sla.ground.actors import Actor


@dataclass(frozen=True)
class CaseFile:
    """One ticket as one colleague may read it at one moment.

    ``version`` changes whenever something in the file does; the page's parts are kept
    under it, so that opening a ticket again costs its acts alone.
    """

    application: Application
    viewer: Actor
    at: datetime

    @cached_property
    def version(self) -> str:
        assert self.application.number is not None, "a ticket has been filed"
        mark = tracking.mark(self.application.number, viewer=self.viewer, at=self.at)
        return mark.version

    @cached_property
    def told(self) -> Progress:
        return progress.read(self.application, at=self.at, viewer=self.viewer)

    @property
    def headline(self) -> Headline:
        return self.told.headline

    @property
    def cards(self) -> list[Card]:
        return self.told.cards

    @cached_property
    def deadline(self) -> Ticket:
        return deadlines.ticket(self.application, self.told.clocks)

    @property
    def late(self) -> list[Event]:
        return [event for event in self.told.events if event.late_entry]

    @property
    def place(self) -> str:
        return place(self.application, by=self.viewer)

    @property
    def papers(self) -> list[ChecklistItem]:
        return documents.checklist(self.application)

    @cached_property
    def plans(self) -> list[Plan]:
        return list(self.application.plans.order_by("-round"))

    @cached_property
    def inspections(self) -> list[Inspection]:
        return list(self.application.inspections.order_by("-pk"))

    @property
    def upgrades(self) -> list[GridUpgrade]:
        upgrades = self.application.grid_upgrades.order_by("-pk")
        return list(upgrades.prefetch_related("dates"))

    @cached_property
    def connection(self) -> Connection | None:
        return getattr(self.application, "connection", None)
