"""How far an application has come: one reading for the page, the admin and the API.

Three queries whatever the length of its history: events, clocks, their ledgers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from applications.models import Application, Event
from applications.selectors import cards, reckoned, road, sentences, story
from applications.selectors.cards import Card, Why
from applications.selectors.headline import Headline, headline, leading, waiting_for
from applications.selectors.reckoned import Timed
from applications.selectors.story import Node
from sla.ground.actors import Actor, Role
from sla.models import Clock
from sla.vocabulary import Stage


@dataclass(frozen=True)
class Progress:
    """One application as one reader may see it at one moment."""

    application: Application
    viewer: Actor | None
    events: Sequence[Event]
    clocks: Sequence[Timed]

    @property
    def own(self) -> bool:
        """Tell whether the words are for the applicant (or who knows their phone)."""
        return self.viewer is None or self.viewer.role == Role.APPLICANT

    @cached_property
    def headline(self) -> Headline:
        return headline(
            self.application,
            self.events,
            self.clocks,
            own=self.own,
            public=self.viewer is None,
        )

    @cached_property
    def timeline(self) -> list[Node]:
        """Return what happened, is under way and lies ahead.

        A phase is named by the first node in it.
        """
        past = story.done(self.events, list(self.clocks), self.viewer)
        named = ""
        nodes = []
        for node in [*past, *self._now_and_ahead()]:
            again = node.phase in {named, node.title}
            named = node.phase
            nodes.append(replace(node, phase="") if again else node)
        return nodes

    @cached_property
    def cards(self) -> list[Card]:
        """Return the clocks: open ones first, the stage before the whole."""
        shown = [self._card(timed) for timed in self.clocks]
        shown.sort(key=lambda card: (not card.current, card.is_total))
        return shown

    def _card(self, timed: Timed) -> Card:
        total = timed.clock.stage == Stage.TOTAL
        net = None
        if total and self.application.is_three_zero:
            net = cards.net_used(self.events, timed)
        waiting = waiting_for(self.application, own=self.own)
        return cards.card(timed, waiting=waiting, net_used=net)

    def _now_and_ahead(self) -> Iterator[Node]:
        step, ahead = road.now_and_ahead(self.application)
        if step is None:
            return
        told = self.headline
        lead = leading(self.application, self.clocks)
        entered = [e.at for e in self.events if e.before != e.after]
        yield Node(
            state="current",
            title=str(step.title),
            phase=str(step.phase.label),
            at=entered[-1] if entered else None,
            used=told.used,
            limit=told.limit,
            unit=told.unit,
            tone=told.tone,
            turn=told.turn,
            promise=told.promise,
            clock=lead.clock.pk if lead else None,
        )
        for later in ahead:
            yield Node(
                state="future",
                title=str(later.title),
                phase=str(later.phase.label),
                by=sentences.done_by(later.turn, own=self.own),
            )


def read(application: Application, *, at: datetime, viewer: Actor | None) -> Progress:
    """Return the progress as ``viewer`` may see it; None is the public's view."""
    events = list(application.events.order_by("seq")) if application.pk else []
    clocks = reckoned.of(application.number, at=at)
    return Progress(application, viewer, events, clocks)


def why(clock: Clock, *, at: datetime) -> Why:
    """Explain the due day of one clock, date by date. Two queries."""
    found = reckoned.of(clock.reference, at=at)
    return cards.why(next(timed for timed in found if timed.clock.pk == clock.pk))


def headlines(
    applications: Iterable[Application], *, at: datetime
) -> dict[int, Headline]:
    """Return the headline of each application, by its key; three queries for all."""
    rows = [row for row in applications if row.number is not None]
    clocks = reckoned.of_many([str(row.number) for row in rows], at=at)
    events: dict[int, list[Event]] = {row.pk: [] for row in rows}
    for event in Event.objects.filter(application__in=rows).order_by("seq"):
        events[event.application_id].append(event)
    return {
        row.pk: headline(row, events[row.pk], clocks.get(str(row.number), []), own=True)
        for row in rows
    }
