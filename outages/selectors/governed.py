"""Who is being governed for 频繁停电: lists, queues, and how a case stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages import counting
from outages.lifecycles.governance import OPEN, Status
from outages.models import Frequency, GovernanceCase
from outages.rules import frequent
from outages.rules.frequent import Verdict
from outages.vocabulary import ScopeLevel
from sla.engine import day_of, midnight
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.words import plain_day, strung

CLOSED_SHOWN_DAYS = 365
ENDING_DAYS = 7
_WAITING = (Status.PLANNED, Status.IN_WORKS)
_TONES = {
    Status.OPENED: "overdue",
    Status.PLANNED: "warning",
    Status.IN_WORKS: "warning",
    Status.OBSERVED: "provisional",
    Status.CLOSED: "met",
    Status.LIFTED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Face:
    """How a case stands: tone and word."""

    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One case as a list shows it."""

    case: GovernanceCase
    level: str
    name: str
    code: str
    face: Face
    late: bool
    broken: list[str]
    now: str

    @property
    def tone(self) -> str:
        return "overdue" if self.late else self.face.tone


def cases() -> QuerySet[GovernanceCase]:
    """Return every case with what a list says of it."""
    return GovernanceCase.objects.select_related(
        "line__frequency", "transformer__frequency", "region", "responsible"
    )


def public(at: datetime, *, district: str = "") -> QuerySet[GovernanceCase]:
    """Return what everybody may read: open cases, and those closed within a year.

    What was lifted is not listed: it turned out that it should not have been.
    """
    since = at - timedelta(days=CLOSED_SHOWN_DAYS)
    listed = cases().filter(
        Q(status__in=OPEN) | Q(status=Status.CLOSED, closed_at__gte=since)
    )
    if district:
        listed = listed.filter(region=district)
    return listed.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "pk")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many cases a list holds, by how they stand."""

    waiting: int
    works: int
    observed: int
    closed: int


def totals(rows: QuerySet[GovernanceCase]) -> Totals:
    """Count a list of cases by how they stand. One statement."""
    grouped = rows.order_by().values_list("status").annotate(number=Count("pk"))
    of = dict(grouped)
    return Totals(
        waiting=of.get(Status.OPENED, 0),
        works=sum(of.get(status, 0) for status in _WAITING),
        observed=of.get(Status.OBSERVED, 0),
        closed=of.get(Status.CLOSED, 0),
    )


def reach(by: Actor) -> QuerySet[GovernanceCase]:
    """Return the cases this person works on: staff of districts, those in their own."""
    if by.role in STAFF_WHO_ACT:
        return cases().filter(region__in=by.district_codes())
    return cases()


def lines(rows: Iterable[GovernanceCase], *, at: datetime) -> list[Line]:
    """Return cases as a list shows them; no query of its own after ``cases()``."""
    return [line(case, at=at) for case in rows]


def line(case: GovernanceCase, *, at: datetime) -> Line:
    """Return one case as a list shows it."""
    return Line(
        case=case,
        level=str(counting.level_of(case).label),
        name=case.part.name,
        code=case.part.code,
        face=face_of(case),
        late=is_late(case, today=day_of(at)),
        broken=[said(rule) for rule in case.findings["rules"]],
        now=_now(getattr(case.part, "frequency", None)),
    )


def face_of(case: GovernanceCase) -> Face:
    """Return how the status of a case looks."""
    return Face(_TONES[Status(case.status)], case.get_status_display())


def is_late(case: GovernanceCase, *, today: date) -> bool:
    """Tell whether the works should be finished and are not."""
    return (
        case.status in _WAITING
        and case.planned_on is not None
        and case.planned_on < today
    )


def said(finding: dict[str, Any]) -> str:
    """Say a finding: 连续60天（2026年7月4日至9月1日）停电4次，上限3次."""
    return _("%(rule)s（%(first)s至%(last)s）停电%(count)s次，上限%(most)s次") % {
        "rule": _(finding["name"]),
        "first": plain_day(date.fromisoformat(finding["first"])),
        "last": plain_day(date.fromisoformat(finding["last"])),
        "count": finding["count"],
        "most": finding["most"],
    }


def _now(frequency: Frequency | None) -> str:
    """Say the counts of today, every rule, whether it opens cases or not."""
    return strung(
        _("%(rule)s%(count)s次")
        % {"rule": _(rule.name), "count": getattr(frequency, rule.key, 0)}
        for rule in frequent.rules()
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """One heap of cases that wait for the same thing."""

    name: str
    label: str | Promise
    hint: str | Promise
    icon: str
    tone: str


QUEUES = (
    Queue(
        "to_plan", gettext_lazy("待制定方案"),
        gettext_lazy("已超标，还没有治理方案"), "pencil-square", "overdue",
    ),
    Queue(
        "late", gettext_lazy("超期未完成"),
        gettext_lazy("过了计划完成日期"), "alarm", "overdue",
    ),
    Queue(
        "works", gettext_lazy("治理中"),
        gettext_lazy("方案已定或正在施工"), "tools", "warning",
    ),
    Queue(
        "ending", gettext_lazy("观察期将满"),
        gettext_lazy("7天内满无停电天数"), "hourglass-bottom", "provisional",
    ),
    Queue(
        "observed", gettext_lazy("观察期"),
        gettext_lazy("施工完成，等满无停电天数"), "hourglass-split", "provisional",
    ),
)  # fmt: skip
EVERYTHING = "all"


def in_queue(
    rows: QuerySet[GovernanceCase], queue: str, *, at: datetime
) -> QuerySet[GovernanceCase]:
    """Keep what lies in a queue; everything for a name that is none."""
    today = day_of(at)
    wanted = {
        "to_plan": Q(status=Status.OPENED),
        "late": Q(status__in=_WAITING, planned_on__lt=today),
        "works": Q(status__in=_WAITING),
        "observed": Q(status=Status.OBSERVED),
    }
    if queue == "ending":
        return _ending(rows, today)
    return rows.filter(wanted.get(queue, Q()))


def _ending(rows: QuerySet[GovernanceCase], today: date) -> QuerySet[GovernanceCase]:
    """Keep observed cases whose clean days are over within the week, or already."""
    since = today - frequent.clean_period() + timedelta(days=ENDING_DAYS)
    moment = midnight(frequent.next_day(since))
    rows = rows.filter(status=Status.OBSERVED, works_done_at__lt=moment)
    for level in counting.LEVELS:
        column = counting.column(level)
        cut = counting.counted(level).filter(
            **{column: OuterRef(column)}, began_at__gte=moment
        )
        rows = rows.exclude(Exists(cut))
    return rows


def counts(by: Actor, *, at: datetime) -> dict[str, int]:
    """Return how many cases lie in every queue, within this person's reach."""
    mine = reach(by)
    return {q.name: in_queue(mine, q.name, at=at).count() for q in QUEUES}


def near(by: Actor) -> QuerySet[Frequency]:
    """Return the parts that one more outage puts over a limit, the busiest first.

    From the cache, which every outage and every night keeps up to date.
    """
    rows = Frequency.objects.filter(verdict=Verdict.NEAR).select_related(
        "line__region", "transformer__region"
    )
    if by.role in STAFF_WHO_ACT:
        codes = by.district_codes()
        rows = rows.filter(Q(line__region__in=codes) | Q(transformer__region__in=codes))
    return rows.order_by(*(f"-{rule.key}" for rule in frequent.rules()), "pk")


@dataclass(frozen=True, slots=True)
class Close:
    """A line or 台区 close to its limit: 再停一次即超标."""

    level: str
    name: str
    code: str
    district: str
    now: str
    at_limit: list[str]


def closely(rows: Iterable[Frequency]) -> list[Close]:
    """Return near misses as a list shows them."""
    return [_close(row) for row in rows]


def _close(row: Frequency) -> Close:
    part = row.line or row.transformer
    assert part is not None
    level = ScopeLevel.LINE if row.line_id else ScopeLevel.TRANSFORMER
    return Close(
        level=str(level.label),
        name=part.name,
        code=part.code,
        district=part.region.name,
        now=_now(row),
        at_limit=[
            _("%(rule)s已%(count)s次，上限%(most)s次")
            % {"rule": _(rule.name), "count": rule.most, "most": rule.most}
            for rule in frequent.counting_rules()
            if getattr(row, rule.key) == rule.most
        ],
    )
