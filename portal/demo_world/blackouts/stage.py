"""Who acts in the stories of outages, when, and on which part of the network."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from outages.models import Line, Transformer
from outages.services.scoping import ScopePart
from outages.vocabulary import ScopeLevel
from portal.accounts.models import User
from sla.engine import SHANGHAI, day_of

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """Whoever acts, and the moment everything is told from."""

    at: datetime
    writer: User
    checker: User

    def ago(self, **span: float) -> datetime:
        """Return a moment before now, on a whole second."""
        return (self.at - timedelta(**span)).replace(microsecond=0)

    def morning(self, days: int, hour: int = 8, minute: int = 30) -> datetime:
        """Return a time of day so many days from today."""
        day = day_of(self.at) + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), SHANGHAI)


Story = Callable[[Stage, Line], None]


def areas(line: Line) -> list[Transformer]:
    """Return the areas of a line where people live, in order."""
    return list(line.transformers.in_service().filter(public=True).order_by("code"))


def whole(line: Line) -> list[ScopePart]:
    """Name a line as the scope of an outage."""
    return [ScopePart(ScopeLevel.LINE, line.code)]


def only(*parts: Transformer) -> list[ScopePart]:
    """Name some areas as the scope of an outage."""
    return [ScopePart(ScopeLevel.TRANSFORMER, area.code) for area in parts]
