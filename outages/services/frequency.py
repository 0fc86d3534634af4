"""Count how often each line and 台区 was cut, and open cases where it was too often.

Counts are judged by what is known today: an exclusion confirmed or taken back changes
the past too. That time passes changes the counts, but never by itself a case.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from outages import counting
from outages.counting import Cut
from outages.lifecycles.governance import OPEN, Status
from outages.models import (
    Frequency,
    GovernanceCase,
    Interruption,
    Line,
    LineInterruption,
    Outage,
    Transformer,
)
from outages.rules import frequent
from outages.services import acting
from outages.vocabulary import ScopeLevel
from sla.engine import day_of, midnight
from sla.ground.actors import SYSTEM
from sla.ground.numbers import new_number

PREFIX = "ZL"
_PARTS: dict[ScopeLevel, Any] = {
    ScopeLevel.LINE: Line,
    ScopeLevel.TRANSFORMER: Transformer,
}


def recount(outages: Iterable[Outage], *, at: datetime) -> None:
    """Count anew what these outages touch, after anything about them that counts.

    The outages must be saved as they are to be judged. What became known late is judged
    on its own day too, within the last ``clean_days``; imported history is judged as of
    today. Statements: a constant number per thousand outages and per thousand parts.
    """
    touched: dict[ScopeLevel, set[int]] = {level: set() for level in counting.LEVELS}
    since = today = day_of(at)
    for chunk in counting.chunks(o for o in outages if o.kind in frequent.kinds()):
        keys = [outage.pk for outage in chunk]
        lines = LineInterruption.objects.filter(outage__in=keys, began_at__isnull=False)
        touched[ScopeLevel.LINE].update(lines.values_list("line_id", flat=True))
        areas = Interruption.objects.filter(
            outage__in=keys, began_at__isnull=False, whole=True
        )
        touched[ScopeLevel.TRANSFORMER].update(
            areas.values_list("transformer_id", flat=True)
        )
        began = [o.began_at for o in chunk if o.began_at and not o.imported]
        since = min([since, *map(day_of, began)])
    since = max(since, today - frequent.clean_period())
    _judge(touched, since=since, at=at)


def slide_windows(*, at: datetime) -> int:
    """Count anew every part whose windows ended before today; return how many."""
    today = day_of(at)
    stale: dict[ScopeLevel, set[int]] = {}
    for level in counting.LEVELS:
        rows = Frequency.objects.filter(**{f"{level.value}__isnull": False})
        column = counting.column(level)
        stale[level] = set(rows.exclude(as_of=today).values_list(column, flat=True))
    _judge(stale, since=today, at=at)
    return sum(map(len, stale.values()))


def rejudge(*, at: datetime) -> int:
    """Count every part anew, as after a change of the rules; return how many."""
    today = day_of(at)
    every: dict[ScopeLevel, set[int]] = {}
    for level in counting.LEVELS:
        column = counting.column(level)
        known = Frequency.objects.filter(**{f"{level.value}__isnull": False})
        cases = GovernanceCase.objects.open().filter(
            **{f"{level.value}__isnull": False}
        )
        every[level] = {
            *counting.counts(level, None, today),
            *known.values_list(column, flat=True),
            *cases.values_list(column, flat=True),
        }
    _judge(every, since=today, at=at)
    return sum(map(len, every.values()))


def _judge(touched: dict[ScopeLevel, set[int]], *, since: date, at: datetime) -> None:
    # Always 台区 first, as whoever begins an outage has locked them already, then
    # lines, each in order of their keys: no two recounts wait for each other.
    for level in counting.LEVELS:
        for keys in counting.chunks(sorted(touched[level])):
            _judge_chunk(level, keys, since=since, at=at)


# Of its own where nothing is going on: a whole city is not locked for a night's work.
@transaction.atomic(savepoint=False)
def _judge_chunk(
    level: ScopeLevel, keys: list[int], *, since: date, at: datetime
) -> None:
    parts = _lock(level, keys)
    counts = counting.counts(level, keys, day_of(at))
    _keep(level, keys, counts, day_of(at))
    _govern(level, parts, counts, since=since, at=at)


def _lock(level: ScopeLevel, keys: Collection[int]) -> dict[int, Any]:
    """Lock parts until the transaction ends, so that each is judged by one at a time.

    Not against rows that merely point to them: whoever waits here has written some.
    """
    rows = _PARTS[level].objects.select_for_update(no_key=True).filter(pk__in=keys)
    return {part.pk: part for part in rows.order_by("pk")}


def _keep(
    level: ScopeLevel,
    keys: Collection[int],
    counts: dict[int, dict[str, int]],
    day: date,
) -> None:
    column = counting.column(level)
    gone = [key for key in keys if key not in counts]
    Frequency.objects.filter(**{f"{column}__in": gone}).delete()
    rows = [
        Frequency(
            **{column: key}, as_of=day, verdict=frequent.verdict_of(found), **found
        )
        for key, found in counts.items()
    ]
    Frequency.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[level.value],
        update_fields=["as_of", "verdict", *(rule.key for rule in frequent.rules())],
    )


@dataclass(frozen=True, slots=True)
class Judgement:
    """One part: its counted outages, and whether it is over a limit today."""

    level: ScopeLevel
    part: Line | Transformer
    cuts: list[Cut]
    over_today: bool
    at: datetime

    def over(self, threshold: datetime) -> list[date]:
        """Return the days from a moment on whose outage went over a limit."""
        days = [cut.day for cut in self.cuts]
        over = [
            cut.day
            for cut in self.cuts
            if cut.began_at >= threshold
            and frequent.broken(frequent.counts_of(days, cut.day))
        ]
        # Over today, by an outage before the threshold: the last one did it.
        return over or days[-1:] if self.over_today else over

    def findings(self, over: list[date]) -> dict[str, Any]:
        """Return the evidence: each broken rule with its latest window over the limit.

        Made of outages alone, so that it stays as it is while windows slide on.
        """
        days = [cut.day for cut in self.cuts]
        found = {}
        for day in over:
            counts = frequent.counts_of(days, day)
            for rule in frequent.broken(counts):
                first = rule.first_day(day)
                found[rule.key] = {
                    "key": rule.key,
                    "name": rule.name,
                    "most": rule.most,
                    "count": counts[rule.key],
                    "first": first.isoformat(),
                    "last": day.isoformat(),
                    "outages": [c.number for c in self.cuts if first <= c.day <= day],
                }
        return {"on": over[0].isoformat(), "rules": list(found.values())}


def _govern(
    level: ScopeLevel,
    parts: dict[int, Any],
    counts: dict[int, dict[str, int]],
    *,
    since: date,
    at: datetime,
) -> None:
    """Open, reopen, count or lift what these counts call for."""
    rows = GovernanceCase.objects.select_for_update().filter(
        **{f"{counting.column(level)}__in": parts}
    )
    cases = {counting.key_of(case): case for case in rows}
    over = {key for key, found in counts.items() if frequent.broken(found)}
    suspects = over | {key for key, case in cases.items() if case.status in OPEN}
    if since < day_of(at):
        suspects |= counts.keys()
    if not suspects:
        return
    starts = [_started_on(cases[key]) for key in suspects if key in cases]
    # The last outage in today's windows may lie a window back, and its own window
    # reaches as far again.
    back = frequent.first_day(frequent.first_day(min([since, *starts])))
    history = counting.history(level, suspects, since=back)
    for key in sorted(suspects):
        judged = Judgement(level, parts[key], history[key], key in over, at)
        _follow(judged, cases.get(key), since)


def _started_on(case: GovernanceCase) -> date:
    return date.fromisoformat(case.findings["on"])


def _follow(judged: Judgement, case: GovernanceCase | None, since: date) -> None:
    if case is None:
        over = judged.over(midnight(since))
        if over:
            _open(judged, over)
    elif case.status in OPEN:
        _follow_open(judged, case, since)
    else:
        over = judged.over(_threshold(case, since))
        if over:
            _reopen(judged, case, over)


def _threshold(case: GovernanceCase, since: date) -> datetime:
    """Return from when on outages speak against a case that is over.

    What led to a closed case was dealt with; a lifted one is judged like any other.
    """
    start = midnight(since)
    if case.status != Status.CLOSED:
        return start
    assert case.closed_at is not None
    return max(start, case.closed_at)


def _follow_open(judged: Judgement, case: GovernanceCase, since: date) -> None:
    started = min(since, _started_on(case))
    over = judged.over(midnight(started))
    if not over:
        with acting.act(case, "lift", by=SYSTEM, at=judged.at) as act:
            act.remember(before=case.findings)
        return
    if case.works_done_at is not None and _again(judged, case.works_done_at):
        _reopen(judged, case, over)
    elif (findings := judged.findings(over)) != case.findings:
        with acting.act(case, "count", by=SYSTEM, at=judged.at) as act:
            act.row.findings = findings
            act.remember(findings=findings)


def _again(judged: Judgement, works_done_at: datetime) -> bool:
    """Tell whether an outage after the works went over a limit."""
    days = [cut.day for cut in judged.cuts]
    return any(
        frequent.broken(frequent.counts_of(days, cut.day))
        for cut in judged.cuts
        if cut.began_at > works_done_at
    )


def _open(judged: Judgement, over: list[date]) -> None:
    findings = judged.findings(over)
    case = GovernanceCase(
        number=new_number(PREFIX),
        region_id=judged.part.region_id,
        findings=findings,
        opened_at=judged.at,
        **{judged.level.value: judged.part},
    )
    acting.record(
        case, action="open", before="", by=SYSTEM, at=judged.at,
        payload={"findings": findings},
    )  # fmt: skip
    case.save(force_insert=True)


def _reopen(judged: Judgement, case: GovernanceCase, over: list[date]) -> None:
    """Begin anew: the plan that did not help is kept in the history only."""
    findings = judged.findings(over)
    with acting.act(case, "reopen", by=SYSTEM, at=judged.at) as act:
        act.remember(
            findings=findings,
            measures=act.row.measures,
            planned_on=act.row.planned_on and act.row.planned_on.isoformat(),
        )
        act.row.findings = findings
        act.row.measures, act.row.inspection = "", ""
        act.row.planned_on = None
