"""What an outage that is only planned would do to limits and to this year's figures.

Shown before approval: which 台区 and lines would reach or pass the limits of 频繁停电,
what is announced already counted in, and what it adds to a district's SAIDI and SAIFI.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from outages import counting, indices
from outages.indices import Level
from outages.lifecycles.outage import AHEAD, Status
from outages.models import Interruption, Line, LineInterruption, Outage, Transformer
from outages.rules import frequent
from outages.selectors import reliability
from outages.vocabulary import ScopeLevel
from sla.engine import day_of, midnight

# Approved or announced: it will count before this one is decided on again.
COMING = frozenset({Status.APPROVED, Status.ANNOUNCED})
SHOWN = 20
DISTRICTS = 4


@dataclass(frozen=True, slots=True)
class Strain:
    """One part that would come to a limit: how often it would have been cut."""

    level: ScopeLevel
    name: str
    code: str
    rule: frequent.Rule
    count: int

    @property
    def exceeded(self) -> bool:
        return self.count > self.rule.most

    @property
    def sentence(self) -> str:
        """Return what would be, for people."""
        said = (
            _("%(part)s%(rule)s将达%(count)s次，超过%(most)s次的限值。")
            if self.exceeded
            else _("%(part)s%(rule)s将达%(count)s次，已到限值，再停一次即超标。")
        )
        return said % {
            "part": self.name,
            "rule": _(self.rule.name),
            "count": self.count,
            "most": self.rule.most,
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """A district's year so far, and with this outage added; hours and times a户."""

    district: str
    saidi: float
    saidi_after: float
    saifi: float
    saifi_after: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a planned outage would do; ``strained`` counts the parts beyond the list."""

    strains: list[Strain]
    strained: int
    figures: list[Figures]


def forecast(outage: Outage, *, at: datetime) -> Forecast | None:
    """Return what an outage ahead would do; None where nothing counts or is dated."""
    if not _can_tell(outage):
        return None
    strains = [
        strain for level in counting.LEVELS for strain in _strains(level, outage, at)
    ]
    strains.sort(key=lambda s: (not s.exceeded, s.level != ScopeLevel.LINE, s.code))
    return Forecast(strains[:SHOWN], len(strains), _figures(outage, at=at))


def _can_tell(outage: Outage) -> bool:
    counted = outage.status in AHEAD and outage.kind in frequent.kinds()
    return counted and outage.starts_at is not None and outage.ends_at is not None


def _strains(level: ScopeLevel, outage: Outage, at: datetime) -> list[Strain]:
    assert outage.starts_at is not None
    day = day_of(outage.starts_at)
    keys = list(
        _rows(level).filter(outage=outage).values_list(_column(level), flat=True)
    )
    days = _days(level, keys, outage, since=frequent.first_day(day), at=at)
    worst = {
        key: found
        for key in keys
        if (found := _worst(sorted([*days[key], day]), day)) is not None
    }
    model: type[Any] = Line if level == ScopeLevel.LINE else Transformer
    parts = model.objects.filter(pk__in=list(worst)).order_by("code")
    return [Strain(level, part.name, part.code, *worst[part.pk]) for part in parts]


def _rows(level: ScopeLevel) -> Any:
    if level == ScopeLevel.LINE:
        return LineInterruption.objects.all()
    return Interruption.objects.filter(whole=True)


def _column(level: ScopeLevel) -> str:
    return counting.column(level)


def _days(
    level: ScopeLevel, keys: list[int], outage: Outage, *, since: date, at: datetime
) -> dict[int, list[date]]:
    """Return the days on which each part was cut, or will be as announced."""
    found: dict[int, list[date]] = defaultdict(list)
    for start in range(0, len(keys), counting.CHUNK):
        chunk = keys[start : start + counting.CHUNK]
        for key, cuts in counting.history(level, chunk, since=since).items():
            found[key] += [cut.day for cut in cuts]
        coming = _rows(level).filter(
            **{f"{_column(level)}__in": chunk},
            outage__status__in=COMING,
            outage__kind__in=frequent.kinds(),
            outage__starts_at__gte=midnight(since),
            outage__ends_at__gt=at,
        )
        for key, starts in coming.exclude(outage=outage).values_list(
            _column(level), "outage__starts_at"
        ):
            found[key].append(day_of(starts))
    return found


def _worst(days: list[date], day: date) -> tuple[frequent.Rule, int] | None:
    """Return the rule under the greatest strain in any window that holds ``day``."""
    found: list[tuple[int, int, frequent.Rule]] = []
    for rank, rule in enumerate(frequent.counting_rules()):
        ends = [last for last in days if day <= last < rule.free_on(day)]
        count = max(frequent.counts_of(days, last)[rule.key] for last in ends)
        if count >= rule.most:
            found.append((count - rule.most, -rank, rule))
    if not found:
        return None
    over, _rank, rule = max(found, key=lambda item: item[:2])
    return rule, rule.most + over


def _figures(outage: Outage, *, at: datetime) -> list[Figures]:
    """Return the figures of the districts that are hit most, this year."""
    assert outage.starts_at is not None
    assert outage.ends_at is not None
    if day_of(outage.starts_at).year != day_of(at).year:
        return []
    hours = (outage.ends_at - outage.starts_at) / timedelta(hours=1)
    hit = (
        outage.interruptions.order_by()
        .values("region", "region__name")
        .annotate(cut=Sum("households"))
        .order_by("-cut", "region")[:DISTRICTS]
    )
    return [
        _added(row["region"], row["region__name"], row["cut"], hours, at=at)
        for row in hit
    ]


def _added(
    region: str, name: str, households: int, hours: float, *, at: datetime
) -> Figures:
    today = day_of(at)
    so_far_this_year = indices.Span(date(today.year, 1, 1), today)
    place = reliability.region(region)
    reckoned = reliability.reckon(place, so_far_this_year, at=at)
    so_far = reckoned.indices(Level.LOW)
    customers = max(so_far.customers, 1)
    saidi, saifi = float(so_far.saidi or 0), float(so_far.saifi or 0)
    return Figures(
        name,
        saidi,
        saidi + hours * households / customers,
        saifi,
        saifi + households / customers,
    )
