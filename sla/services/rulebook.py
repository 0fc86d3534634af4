"""Everything that limits are reckoned by, read once and kept until it changes.

Acts ask for regions, policies and calendars all the time and these hardly ever change.
So each question costs one small statement, for the mark that triggers renew with every
change; only another mark makes the process read the rules again. No expiry, no signal,
and a row edited behind everybody's back is seen by the next question.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version as installed_version
from threading import Lock

from sla.engine import DayRule, UnknownRegion, WorkCalendar, check_region
from sla.ground import plain_sql
from sla.models import (
    CalendarDay,
    CalendarNotice,
    Policy,
    PolicyLimit,
    Region,
)
from sla.vocabulary import Level

COUNTRY = "100000"
# Past official years never change with the library, future ones do.
LIBRARY = installed_version("holidays")


@dataclass(frozen=True)
class Rules:
    """Hold the dates that differ from the library's calendar, nearest notice first."""

    days: tuple[DayRule, ...] = ()
    covered_until: date | None = None

    @property
    def version(self) -> str:
        """Name these rules by their content, with the library that fills the rest."""
        if not self.days and self.covered_until is None:
            return LIBRARY
        text = repr((self.rows(), self.covered_until))
        return f"{LIBRARY}+{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    def rows(self) -> list[list[str | bool]]:
        """Give the days as they are stored: date, workday, source, name."""
        return [[d.date.isoformat(), d.workday, d.source, d.name] for d in self.days]


@dataclass
class RuleBook:
    """Answer which limits and which calendar hold in a region."""

    parents: Mapping[str, str | None]
    limits: Sequence[PolicyLimit]
    notices: Mapping[str, Sequence[tuple[CalendarNotice, Sequence[CalendarDay]]]]
    _calendars: dict[str, tuple[str, Rules, WorkCalendar]] = field(default_factory=dict)

    def chain(self, region: str) -> list[str]:
        """List the region and all above it, nearest first."""
        if region not in self.parents:
            raise UnknownRegion(
                f"没有代码为 {region} 的地区，请填已载入的代码，如120000（天津市）。"
            )
        codes: list[str] = []
        at: str | None = region
        while at is not None and at not in codes:
            codes.append(at)
            at = self.parents.get(at)
        return codes

    def is_district(self, region: str) -> bool:
        """Tell whether a place lies within another, and none within it."""
        return bool(self.parents.get(region)) and region not in self._superiors

    @cached_property
    def _superiors(self) -> frozenset[str | None]:
        return frozenset(self.parents.values())

    def limits_for(
        self, region: str, user_type: str, stage: str, on: date
    ) -> list[PolicyLimit]:
        """List the limits in force, one per level at most, the national one first."""
        chain = self.chain(region)
        nearest: dict[str, PolicyLimit] = {}
        for limit in self.limits:
            if (limit.user_type, limit.stage) != (user_type, stage):
                continue
            policy = limit.policy
            if policy.region_id not in chain or not in_force(policy, on):
                continue
            held = nearest.get(policy.level)
            if held is None or chain.index(policy.region_id) < chain.index(
                held.policy.region_id
            ):
                nearest[policy.level] = limit
        return [nearest[level] for level in Level.values if level in nearest]

    def calendar(self, region: str) -> tuple[str, Rules, WorkCalendar]:
        """Give version, rules and calendar of a region.

        A code that the tables do not hold takes the calendar of the nearest place
        above it that they do, so that asking for codes fills no memory.
        """
        if region not in self.parents:
            check_region(region)
            region = next((c for c in above(region) if c in self.parents), COUNTRY)
        if region not in self._calendars:
            codes = self.chain(region) if region in self.parents else [COUNTRY]
            rules = merged(self.notices, codes)
            calendar = WorkCalendar.build(region, rules.days, rules.covered_until)
            self._calendars[region] = (rules.version, rules, calendar)
        return self._calendars[region]


def in_force(policy: Policy, on: date) -> bool:
    """Tell whether the policy holds on the day; both ends belong to the period."""
    return policy.valid_from <= on and (
        policy.valid_to is None or on <= policy.valid_to
    )


def above(region: str) -> list[str]:
    """List what lies above a GB/T 2260 code by its digits: city, province, country."""
    return [f"{region[:4]}00", f"{region[:2]}0000", COUNTRY]


def merged(
    notices: Mapping[str, Sequence[tuple[CalendarNotice, Sequence[CalendarDay]]]],
    codes: Iterable[str],
) -> Rules:
    """Merge the notices of a chain: the nearer region wins, then the later notice."""
    days: dict[date, DayRule] = {}
    covered: list[date] = []
    for code in codes:
        for notice, rows in notices.get(code, ()):
            if notice.covered_until:
                covered.append(notice.covered_until)
            for row in rows:
                days.setdefault(
                    row.date, DayRule(row.date, row.workday, notice.source, row.name)
                )
    return Rules(
        tuple(days[d] for d in sorted(days)), max(covered) if covered else None
    )


_lock = Lock()
_books: OrderedDict[str, RuleBook] = OrderedDict()


_steady: ContextVar[list[RuleBook] | None] = ContextVar("steady", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Ask for the rules once in a block: one act is timed by one set of rules.

    Also a decorator. Nothing is asked if the block never wants to know.
    """
    if _steady.get() is not None:
        yield
        return
    token = _steady.set([])
    try:
        yield
    finally:
        _steady.reset(token)


def current() -> RuleBook:
    """Give the rules as the tables hold them now; one statement if nothing changed."""
    held = _steady.get()
    if held is None:
        return _as_of_now()
    if not held:
        held.append(_as_of_now())
    return held[0]


def _as_of_now() -> RuleBook:
    now = mark()
    with _lock:
        book = _books.get(now)
    while book is None:
        fresh = read()
        before, now = now, mark()
        if now != before:  # somebody changed a rule while we read: read again
            continue
        book = fresh
        if now:  # an empty database has no mark to be known by
            _keep(now, book)
    return book


def _keep(mark: str, book: RuleBook) -> None:
    with _lock:
        _books[mark] = book
        while len(_books) > 4:
            _books.popitem(last=False)


def read() -> RuleBook:
    """Read regions, current policies and notices from the tables."""
    limits = (
        PolicyLimit.objects.filter(policy__superseded_at=None)
        .select_related("policy")
        .order_by("-policy__valid_from", "pk")
    )
    notices: dict[str, list[tuple[CalendarNotice, Sequence[CalendarDay]]]] = {}
    for notice in CalendarNotice.objects.prefetch_related("days").order_by(
        "-published_on", "-pk"
    ):
        notices.setdefault(notice.region_id, []).append(
            (notice, list(notice.days.all()))
        )
    return RuleBook(
        parents=dict(Region.objects.values_list("code", "parent_id")),
        limits=list(limits),
        notices=notices,
    )


def mark() -> str:
    """Return the mark of the rules as they stand; empty before there are any."""
    marks = plain_sql.column("SELECT mark FROM sla_rulesmark")
    return str(marks[0]) if marks else ""
