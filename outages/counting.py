"""What counts against a line or a 台区, asked of the interruptions themselves.

An outage counts once per part, on the Shanghai date on which that part lost power, if
its kind counts, it happened, and its exclusion is not confirmed. A 台区 counts where it
was cut as a whole, a line where it was cut as a whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from outages.lifecycles.outage import HAPPENED
from outages.models import GovernanceCase, Interruption, LineInterruption
from outages.rules import frequent
from outages.vocabulary import Exclusion, ScopeLevel
from sla.engine import day_of, midnight

Row = TypeVar("Row")

# The parts that are counted; their values name the columns that hold them.
LEVELS = (ScopeLevel.TRANSFORMER, ScopeLevel.LINE)
# So many keys are asked for at once, however many there are.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Cut:
    """One counted outage of one part."""

    number: str
    began_at: datetime

    @property
    def day(self) -> date:
        return day_of(self.began_at)


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Return rows a thousand at a time."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def column(level: ScopeLevel) -> str:
    """Return the column that holds the key of a part."""
    return f"{level.value}_id"


def counted(level: ScopeLevel) -> QuerySet[Any]:
    """Return the interruptions that count, of parts of one level."""
    rows: QuerySet[Any] = (
        LineInterruption.objects.all()
        if level == ScopeLevel.LINE
        else Interruption.objects.filter(whole=True)
    )
    return rows.filter(
        outage__kind__in=frequent.kinds(), outage__status__in=sorted(HAPPENED)
    ).exclude(outage__exclusion=Exclusion.CONFIRMED)


def counts(
    level: ScopeLevel, keys: Collection[int] | None, day: date
) -> dict[int, dict[str, int]]:
    """Return the counts by rule of every part with anything in its windows.

    ``keys`` narrows to some parts (None: all of the level). One statement.
    """
    rows = counted(level).filter(
        began_at__gte=midnight(frequent.first_day(day)),
        began_at__lt=midnight(frequent.next_day(day)),
    )
    if keys is not None:
        rows = rows.filter(**{f"{column(level)}__in": keys})
    totals = {
        rule.key: Count("pk", filter=Q(began_at__gte=midnight(rule.first_day(day))))
        for rule in frequent.rules()
    }
    grouped = rows.order_by().values(column(level)).annotate(**totals)
    return {row.pop(column(level)): row for row in grouped}


def history(
    level: ScopeLevel, keys: Collection[int], *, since: date
) -> dict[int, list[Cut]]:
    """Return the counted outages of some parts from a day on, oldest first."""
    rows = counted(level).filter(
        **{f"{column(level)}__in": keys}, began_at__gte=midnight(since)
    )
    found: dict[int, list[Cut]] = defaultdict(list)
    listed = rows.order_by("began_at", "outage_id")
    for key, number, began_at in listed.values_list(
        column(level), "outage__number", "began_at"
    ):
        found[key].append(Cut(number, began_at))
    return found


def level_of(case: GovernanceCase) -> ScopeLevel:
    """Return whether a case is about a line or a 台区."""
    return ScopeLevel.LINE if case.line_id else ScopeLevel.TRANSFORMER


def key_of(case: GovernanceCase) -> int:
    """Return the key of the line or 台区 that a case is about."""
    key = case.line_id or case.transformer_id
    assert key is not None, "a case is about one part"
    return key


@dataclass(frozen=True, slots=True)
class Quiet:
    """From which dates on a case may be closed, if nothing more happens.

    ``clean_on`` ends the days without a counted outage after the works, ``within_on``
    is when no window is over its limit any more.
    """

    clean_on: date
    within_on: date | None

    @property
    def first_day(self) -> date:
        return max(self.clean_on, self.within_on or self.clean_on)


def quiet(case: GovernanceCase) -> Quiet:
    """Return when a case whose works are finished becomes quiet enough to close."""
    assert case.works_done_at is not None, "asked after the works only"
    works_day = day_of(case.works_done_at)
    since = frequent.first_day(works_day)
    cuts = history(level_of(case), [key_of(case)], since=since)[key_of(case)]
    days = [cut.day for cut in cuts]
    later = [cut.day for cut in cuts if cut.began_at > case.works_done_at]
    last = max([works_day, *later])
    free = [
        rule.free_on(days[-rule.most - 1])
        for rule in frequent.counting_rules()
        if len(days) > rule.most
    ]
    return Quiet(
        clean_on=last + frequent.clean_period(),
        within_on=max(free, default=None),
    )
