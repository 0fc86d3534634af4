"""What counts and cases of 频繁停电 promise, counted anew from the interruptions."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from outages import counting
from outages.lifecycles.governance import ACTS, Status
from outages.models import Frequency, GovernanceCase, OutageEvent, Subject
from outages.rules import frequent
from outages.services.frequency import Judgement
from outages.services.invariants import walks
from outages.vocabulary import ScopeLevel
from sla.engine import day_of, midnight
from sla.invariants import Invariant

MOST = 20
# What may be said of an outage only after a case was closed.
LATER = ("begin", "break_out", "classify", "confirm_exclusion", "reject_exclusion")


def invariants(at: datetime) -> Iterator[Invariant]:
    """Yield every promise about governance with what breaks it; reads only."""
    today = day_of(at)
    yield Invariant(
        "frequency-cache", "停电频次等于按停电记录重算的次数", _cache(today)
    )
    yield Invariant(
        "frequency-case", "每个超标的线路、台区都有治理", _without_case(today)
    )
    yield Invariant("case-cause", "每件在办治理都曾经超标", _without_cause(at))
    yield from walks.invariants(
        Subject.GOVERNANCE, ACTS, births={"open"}, rows=GovernanceCase.objects.all()
    )
    yield Invariant(
        "case-closed-clean", "销号时检查合格，且满无停电天数", _closed_early()
    )


def _cache(today: date) -> list[str]:
    broken = []
    for level in counting.LEVELS:
        rows = list(
            Frequency.objects.filter(**{f"{level.value}__isnull": False})
            .select_related(level.value)
            .order_by("pk")
        )
        column = counting.column(level)
        dates = {row.as_of for row in rows}
        found = {day: counting.counts(level, None, day) for day in dates}
        broken += [str(row) for row in rows if not _is_right(row, found[row.as_of])]
        kept = {getattr(row, column) for row in rows}
        lost = counting.counts(level, None, today).keys() - kept
        broken += [f"{level.label} {key}：没有频次" for key in sorted(lost)]
    return broken[:MOST]


def _is_right(row: Frequency, found: dict[int, dict[str, int]]) -> bool:
    key = row.line_id or row.transformer_id
    counted = found.get(key or 0)
    return counted is not None and (
        all(getattr(row, name) == count for name, count in counted.items())
        and row.verdict == frequent.verdict_of(counted)
    )


def _without_case(today: date) -> list[str]:
    broken = []
    for level in counting.LEVELS:
        open_cases = GovernanceCase.objects.open().filter(
            **{f"{level.value}__isnull": False}
        )
        governed = set(open_cases.values_list(counting.column(level), flat=True))
        broken += [
            f"{level.label} {key}"
            for key, counts in sorted(counting.counts(level, None, today).items())
            if frequent.broken(counts) and key not in governed
        ]
    return broken[:MOST]


def _without_cause(at: datetime) -> list[str]:
    broken = []
    rows = GovernanceCase.objects.open().select_related("line", "transformer")
    for chunk in counting.chunks(rows.order_by("pk").iterator(counting.CHUNK)):
        for level in counting.LEVELS:
            cases = [case for case in chunk if counting.level_of(case) == level]
            broken += _causeless(level, cases, at)
    return broken[:MOST]


def _causeless(
    level: ScopeLevel, cases: list[GovernanceCase], at: datetime
) -> list[str]:
    started = {case: on for case in cases if (on := _found_on(case)) is not None}
    back = frequent.first_day(min(started.values(), default=day_of(at)))
    keys = [counting.key_of(case) for case in cases]
    cuts = counting.history(level, keys, since=back)
    return [case.number for case in cases if case not in started] + [
        case.number
        for case, on in started.items()
        if not Judgement(
            level, case.part, cuts[counting.key_of(case)], over_today=False, at=at
        ).over(midnight(on))
    ]


def _found_on(case: GovernanceCase) -> date | None:
    """Return the day of the findings; None where they say nothing that can be read."""
    try:
        return date.fromisoformat(case.findings["on"])
    except (KeyError, TypeError, ValueError):
        return None


def _closed_early() -> list[str]:
    closed = GovernanceCase.objects.filter(status=Status.CLOSED).order_by("pk")
    return [case.number for case in closed.iterator() if not _was_clean(case)][:MOST]


def _was_clean(case: GovernanceCase) -> bool:
    if case.works_done_at is None or case.closed_at is None:
        return False
    days = day_of(case.closed_at) - day_of(case.works_done_at)
    return bool(
        case.inspection_passed
        and days >= frequent.clean_period()
        and not _cuts_between(case, day_of(case.closed_at)).exists()
    )


def _cuts_between(case: GovernanceCase, closed_on: date) -> Any:
    """Return what counted in the clean days, as it was known at the closing."""
    level = counting.level_of(case)
    later = OutageEvent.objects.filter(
        Q(seq=1) | Q(action__in=LATER),
        reference=OuterRef("outage__number"),
        at__gt=case.closed_at,
    )
    first = closed_on - frequent.clean_period()
    return counting.counted(level).filter(
        ~Exists(later),
        **{counting.column(level): counting.key_of(case)},
        began_at__gte=midnight(frequent.next_day(first)),
        began_at__lt=case.closed_at,
    )
