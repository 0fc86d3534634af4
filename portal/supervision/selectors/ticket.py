"""One application as evidence: its road, limits explained, records checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Application
from applications.selectors import cards, chain, progress, tracking
from applications.selectors.cards import Card, Why
from applications.selectors.chain import Link
from applications.selectors.headline import late_steps, waiting_for
from applications.selectors.people import surname_and_number
from applications.selectors.progress import Progress
from sla.ground.actors import Actor
from sla.ground.masking import mask_address
from sla.models import ClockEvent
from sla.vocabulary import Level
from sla.words import full_day


@dataclass(frozen=True, slots=True)
class Explained:
    """One clock: how it stands, why its date is what it is, its own records."""

    card: Card
    why: Why
    records: Sequence[ClockEvent]
    national: bool
    source: str
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything the page of one application shows."""

    application: Application
    progress: Progress
    clocks: list[Explained]
    links: list[Link]
    whole: bool
    applicant: str
    address: str
    manager: str
    exempt: bool

    @property
    def late_entries(self) -> int:
        """Count the records that were entered after the fact (补录)."""
        return sum(link.event.late_entry for link in self.links)

    @property
    def late(self) -> list[str]:
        """Name the steps that broke a national limit."""
        return late_steps(self.progress.clocks)


def read(number: str, *, viewer: Actor, at: datetime) -> TicketPage:
    """Return the page of an application the viewer may see; anything else is a 404."""
    application = tracking.find(number, viewer=viewer)
    told = progress.read(application, at=at, viewer=viewer)
    links = chain.links(told.events)
    manager, region = application.manager, application.region
    applicant = application.applicant
    place = region.name if region else ""
    return TicketPage(
        application=application,
        progress=told,
        clocks=_explained(told),
        links=links,
        whole=chain.is_whole(application, links),
        applicant=applicant.masked_name if applicant else "",
        address=f"{place}{mask_address(application.address)}",
        manager=surname_and_number(manager.label()) if manager else "",
        exempt=any(timed.clock.exempt_reported for timed in told.clocks),
    )


def _explained(told: Progress) -> list[Explained]:
    """Explain every clock: open ones first, national before promised."""
    waiting = waiting_for(told.application, own=told.own)
    timed = sorted(
        told.clocks,
        key=lambda each: (not each.is_open, each.clock.level != Level.NATIONAL),
    )
    by_key = {card.pk: card for card in told.cards}
    return [
        Explained(
            card=_shown(by_key[each.clock.pk]),
            why=cards.why(each, waiting=waiting),
            records=each.events,
            national=each.clock.level == Level.NATIONAL,
            source=cards.source(each),
            stopped_at=each.clock.stopped_at,
        )
        for each in timed
    ]


def _shown(card: Card) -> Card:
    """Name the due day of a clock that has ended, too; its source stands below."""
    if card.due_on is None:
        return replace(card, source="")
    due = _("截止 %s 24:00") % full_day(card.due_on)
    return replace(card, due_words=due, source="")
