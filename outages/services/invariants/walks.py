"""What every lifecycle's history promises: whole, in order, and along its table."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from outages.lifecycles.acts import ActFacts
from outages.models import OutageEvent, Subject
from sla.invariants import Invariant

MOST = 20


def invariants(
    subject: Subject,
    acts: Mapping[str, ActFacts],
    *,
    births: Collection[str],
    rows: QuerySet[Any],
) -> Iterator[Invariant]:
    """Yield the promises of one subject's histories; ``births``: acts that begin one.

    ``rows`` are what the histories are of, known by number, status and last_seq.
    """
    torn: list[str] = []
    walks: list[str] = []
    last: dict[str, tuple[str, int]] = {}
    before: OutageEvent | None = None
    events = OutageEvent.objects.filter(subject=subject).order_by("reference", "seq")
    for event in events.iterator(2000):
        if before is not None and before.reference != event.reference:
            before = None
        if not _follows(event, before):
            torn.append(str(event))
        if not _is_a_step(event, before, acts, births):
            walks.append(str(event))
        last[event.reference] = (event.after, event.seq)
        before = event
    name, what = subject.value, subject.label
    yield Invariant(f"{name}-chain", f"{what}记录的哈希链完整，序号连续", torn[:MOST])
    yield Invariant(
        f"{name}-walk", f"每条{what}记录都是生命周期允许的一步", walks[:MOST]
    )
    facts = rows.order_by("pk").values_list("number", "status", "last_seq")
    otherwise = [n for n, *now in facts.iterator() if last.pop(n, None) != tuple(now)]
    # What is left has a history and no row.
    yield Invariant(
        f"{name}-status",
        f"{what}的状态和序号等于最后一条记录",
        [*otherwise, *last][:MOST],
    )


def _follows(event: OutageEvent, before: OutageEvent | None) -> bool:
    seq, previous = (before.seq + 1, before.hash) if before else (1, "")
    follows = event.seq == seq and event.previous_hash == previous
    return follows and event.hash == event.digest()


def _is_a_step(
    event: OutageEvent,
    before: OutageEvent | None,
    acts: Mapping[str, ActFacts],
    births: Collection[str],
) -> bool:
    if before is None:
        return event.action in births and event.before == ""
    facts = acts.get(event.action)
    if facts is None or event.before not in facts.sources:
        return False
    return event.before == before.after and event.after == (
        facts.target or event.before
    )
