"""The outage board: now, notices, repairs, governance, reliability, data quality."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from outages.indices import Level, Span
from outages.lifecycles import governance as governance_life
from outages.lifecycles.outage import OUT, Status
from outages.models import GovernanceCase, Interruption, Outage
from outages.selectors import reliability, repair_figures, targets
from outages.selectors.reliability import Place, Reckoning
from outages.selectors.reliability_tables import Written, written
from outages.selectors.repair_figures import Speed
from outages.selectors.targets import Verdict
from outages.services import quality
from outages.vocabulary import AreaClass, OutageKind
from portal.supervision.scope import Scope
from portal.supervision.selectors import places
from sla.engine import SHANGHAI, day_of

# Those that must be announced beforehand (条例 第28条).
NOTICED = (OutageKind.PLANNED, OutageKind.TEMPORARY)
_WORKS = [governance_life.Status.PLANNED, governance_life.Status.IN_WORKS]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the outage board is asked: whose districts, which days, as known when.

    ``until`` is the first moment after the period, or now while it lasts.
    """

    scope: Scope
    span: Span
    now: datetime
    names: Mapping[str, str]

    @property
    def codes(self) -> list[str]:
        """Return the districts that are looked at."""
        return [self.scope.district] if self.scope.district else list(self.names)

    @property
    def since(self) -> datetime:
        assert self.scope.since is not None, "the form always settles a first day"
        return self.scope.since

    @property
    def until(self) -> datetime:
        day = self.span.last + timedelta(days=1)
        return min(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI), self.now)

    @property
    def place(self) -> Place:
        return Place("region", self.codes, ",".join(self.codes), "")


def asked(scope: Scope, span: Span, now: datetime) -> Asked:
    """Return the question with the districts its viewer may see."""
    return Asked(scope, span, now, places.districts(scope.viewer))


# -- What each figure counts: the list behind it is the same set -----------------------
def outages_of(ask: Asked) -> QuerySet[Outage]:
    """Return the outages that touch the districts; arrears are nobody's figure."""
    here = Interruption.objects.filter(outage=OuterRef("pk"), region__in=ask.codes)
    return Outage.objects.filter(Exists(here)).exclude(kind=OutageKind.ARREARS)


def out_now(ask: Asked) -> QuerySet[Outage]:
    """Return what is without power now, whatever the period."""
    return outages_of(ask).filter(status__in=OUT)


def announced(ask: Asked) -> QuerySet[Outage]:
    """Return what is announced and has not begun, whatever the period."""
    return outages_of(ask).filter(status=Status.ANNOUNCED)


def noticed(ask: Asked) -> QuerySet[Outage]:
    """Return the works that were announced within the period."""
    return outages_of(ask).filter(
        kind__in=NOTICED, published_at__gte=ask.since, published_at__lt=ask.until
    )


def late(ask: Asked) -> QuerySet[Outage]:
    """Return those of them that were announced too late."""
    return noticed(ask).filter(late_notice=True)


CASES = {
    "cases_open": Q(status__in=sorted(governance_life.OPEN)),
    "cases_late": Q(status__in=_WORKS),
    "cases_closed": Q(status=governance_life.Status.CLOSED),
}


def cases(ask: Asked, figure: str) -> QuerySet[GovernanceCase]:
    """Return cases: open and overdue ones as of now, closed ones of the period."""
    rows = GovernanceCase.objects.filter(region__in=ask.codes)
    return rows.filter(_cases(ask)[figure])


def _cases(ask: Asked) -> dict[str, Q]:
    closed = Q(closed_at__gte=ask.since, closed_at__lt=ask.until)
    overdue = Q(planned_on__lt=day_of(ask.now))
    return {
        "cases_open": CASES["cases_open"],
        "cases_late": CASES["cases_late"] & overdue,
        "cases_closed": CASES["cases_closed"] & closed,
    }


def interruptions(ask: Asked) -> QuerySet[Interruption]:
    """Return what the reliability of the period counted: begun within it."""
    rows = ask.place.interruptions()
    return rows.filter(began_at__gte=ask.since, began_at__lt=ask.until)


def hours(ask: Asked) -> QuerySet[Interruption]:
    """Return what gave the period any hours, also what began before it."""
    reaching = Q(restored_at=None) | Q(restored_at__gt=ask.since)
    rows = ask.place.interruptions()
    return rows.filter(Q(began_at__gte=ask.since) | reaching, began_at__lt=ask.until)


def doubtful(ask: Asked, check: str) -> QuerySet[Interruption]:
    """Return the records of the period that one check doubts."""
    return quality.doubtful(check, ask.place, since=ask.since, at=ask.until)


# -- The figures -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Now:
    """What is the case now."""

    out: int
    households: int
    announced: int


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """One district (or all: ``code`` is empty) in every measure."""

    code: str
    name: str
    noticed: int
    late: int
    speed: Speed | None
    cases: Mapping[str, int]
    told: Mapping[str, Written]
    verdicts: list[Verdict]

    @property
    def late_tenths(self) -> int | None:
        """Return the share of late notices in tenths of a per cent, rounded up."""
        return -(-self.late * 1000 // self.noticed) if self.noticed else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One check of the data, and how much it doubts."""

    check: quality.Check
    count: int


@dataclass(frozen=True, slots=True)
class OutageBoard:
    """Everything on the page."""

    now: Now
    total: DistrictLine
    lines: list[DistrictLine]
    speeds: list[tuple[AreaClass, Speed]]
    doubts: list[Doubt]

    @property
    def doubted(self) -> int:
        """Return how many doubts there are; a record may be doubted twice."""
        return sum(doubt.count for doubt in self.doubts)


def read(ask: Asked) -> OutageBoard:
    """Return the board; the number of statements does not depend on what there is."""
    found = reliability.reckon(ask.place, ask.span, at=ask.now)
    notices, governed = _notices(ask), _governed(ask)
    by_region = _speeds(ask, "region")
    lines = [
        _line(found, code, ask.names[code], notices, governed, by_region.get(code))
        for code in ask.codes
    ]
    doubts = quality.problems(ask.place, since=ask.since, at=ask.until)
    return OutageBoard(
        now=_now(ask),
        total=_total(ask, found, governed),
        lines=lines,
        speeds=[
            (AreaClass(key), speed) for key, speed in _speeds(ask, "area_class").items()
        ],
        doubts=[Doubt(quality.CHECKS[key], count) for key, count in doubts.items()],
    )


def _now(ask: Asked) -> Now:
    dark = Interruption.objects.filter(
        outage__status__in=OUT, began_at__isnull=False, restored_at=None,
        region__in=ask.codes,
    ).exclude(outage__kind=OutageKind.ARREARS)  # fmt: skip
    return Now(
        out=out_now(ask).count(),
        households=dark.aggregate(sum=Sum("households"))["sum"] or 0,
        announced=announced(ask).count(),
    )


def _notices(ask: Asked) -> dict[str, tuple[int, int]]:
    """Count notices by district; one outage counts in each district it touches."""
    rows = Interruption.objects.filter(
        region__in=ask.codes,
        outage__kind__in=NOTICED,
        outage__published_at__gte=ask.since,
        outage__published_at__lt=ask.until,
    )
    counted = (
        rows.order_by()
        .values_list("region_id")
        .annotate(
            all=Count("outage", distinct=True),
            late=Count("outage", distinct=True, filter=Q(outage__late_notice=True)),
        )
    )
    return {code: (every, late) for code, every, late in counted}


def _governed(ask: Asked) -> dict[str, dict[str, int]]:
    rows = GovernanceCase.objects.filter(region__in=ask.codes)
    counted = (
        rows.order_by()
        .values("region_id")
        .annotate(
            **{key: Count("pk", filter=wanted) for key, wanted in _cases(ask).items()}
        )
    )
    return {row.pop("region_id"): row for row in counted}


def _speeds(ask: Asked, key: str) -> dict[str, Speed]:
    rows = repair_figures.table(
        key, since=ask.since, until=ask.until, regions=ask.codes
    )
    return {speed.key[0]: speed for speed in rows}


def _line(
    found: Reckoning,
    code: str,
    name: str,
    notices: Mapping[str, tuple[int, int]],
    governed: Mapping[str, Mapping[str, int]],
    speed: Speed | None,
) -> DistrictLine:
    every, behind = notices.get(code, (0, 0))
    return DistrictLine(
        code=code,
        name=name,
        noticed=every,
        late=behind,
        speed=speed,
        cases=governed.get(code, dict.fromkeys(CASES, 0)),
        told=_told(found, part=code),
        verdicts=_verdicts(found, part=code),
    )


def _total(
    ask: Asked, found: Reckoning, governed: Mapping[str, Mapping[str, int]]
) -> DistrictLine:
    counted = noticed(ask).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(late_notice=True))
    )
    whole = repair_figures.table(since=ask.since, until=ask.until, regions=ask.codes)
    return DistrictLine(
        code="",
        name="",
        noticed=counted["all"],
        late=counted["late"],
        speed=whole[0] if whole else None,
        cases={key: sum(row[key] for row in governed.values()) for key in CASES},
        told=_told(found),
        verdicts=_verdicts(found),
    )


def _told(found: Reckoning, **only: Any) -> dict[str, Written]:
    return {level.value: written(found.indices(level, **only)) for level in Level}


def _verdicts(found: Reckoning, **only: Any) -> list[Verdict]:
    """Judge by the medium-voltage figures, which are the official ones."""
    book = targets.in_force()
    return [
        verdict
        for area in AreaClass
        if found.customers_of(Level.MEDIUM, area_class=area, **only)
        for verdict in targets.verdicts(
            found.indices(Level.MEDIUM, area_class=area, **only), area, book
        )
    ]
