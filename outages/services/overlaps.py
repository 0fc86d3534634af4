"""Find what would be out twice at once: one sweep over the moments of each part.

A transformer area that is out as a whole meets other such outages of it; an account
that is out by name meets its own. Spans are half open: one may begin as another ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from outages.lifecycles.outage import HAPPENED
from outages.models import Interruption, Outage, OutageScope
from outages.services.scoping import Resolved
from outages.vocabulary import ScopeLevel

NEVER = 2**62  # the end, in epoch seconds, of what is still out

# What can be out: an area or an account, and its key.
Part = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one row of a file says was out: the unsaved outage and whom it cut."""

    row: int
    outage: Outage
    resolved: Resolved


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From when to when something was out; ``row`` is 0 for what the database has."""

    began: int
    ended: int
    row: int
    number: str


def sentences(claims: Iterable[Claim]) -> list[str]:
    """Return a sentence for every row under which something is out twice."""
    spans: dict[Part, list[Span]] = defaultdict(list)
    names: dict[Part, str] = {}
    for claim in claims:
        outage = claim.outage
        span = _span(outage.began_at, outage.restored_at, claim.row, "")
        for part, name in _parts(claim.resolved):
            spans[part].append(span)
            names[part] = name
    if not spans:
        return []
    _add_history(spans)
    broken: dict[int, str] = {}
    for part, found in spans.items():
        for row, other in _meetings(found):
            broken.setdefault(row, _said(row, names[part], other))
    return [broken[row] for row in sorted(broken)]


def _parts(resolved: Resolved) -> Iterator[tuple[Part, str]]:
    """Yield what is put out: areas as a whole, accounts one by one."""
    whole = set()
    for cut in resolved.cuts:
        if cut.whole:
            whole.add(cut.transformer_id)
            yield ("area", cut.transformer_id), cut.name
    for account in resolved.named[ScopeLevel.ACCOUNT]:
        if account.transformer_id not in whole:
            yield (
                ("account", account.pk),
                _("户号%(number)s") % {"number": account.number},
            )


def _span(
    began: datetime | None, ended: datetime | None, row: int, number: str
) -> Span:
    assert began is not None
    end = NEVER if ended is None else int(ended.timestamp())
    return Span(int(began.timestamp()), end, row, number)


def _add_history(spans: dict[Part, list[Span]]) -> None:
    """Add what the database has of these parts in the time in question."""
    first = min(span.began for found in spans.values() for span in found)
    since = datetime.fromtimestamp(first, tz=UTC)
    areas = Interruption.objects.filter(
        Q(restored_at=None) | Q(restored_at__gt=since),
        whole=True,
        began_at__isnull=False,
    ).values_list("transformer_id", "began_at", "restored_at", "outage__number")
    accounts = OutageScope.objects.filter(
        Q(outage__restored_at=None) | Q(outage__restored_at__gt=since),
        account__isnull=False,
        outage__status__in=HAPPENED,
    ).values_list(
        "account_id", "outage__began_at", "outage__restored_at", "outage__number"
    )
    for level, rows in (("area", areas), ("account", accounts)):
        for pk, began, ended, number in rows.iterator():
            if (level, pk) in spans:
                spans[level, pk].append(_span(began, ended, 0, number))


def _meetings(found: list[Span]) -> Iterator[tuple[int, Span]]:
    """Yield (row, what it meets) where two spans overlap and one of them is a row's."""
    found.sort()
    last = found[0]
    for span in found[1:]:
        if span.began < last.ended:
            row, other = (span.row, last) if span.row else (last.row, span)
            if row:
                yield row, other
        if span.ended > last.ended:
            last = span


def _said(row: int, name: str, other: Span) -> str:
    whose = _("第%(row)s行") % {"row": other.row} if other.row else other.number
    return _("第%(row)s行：%(part)s的停电时段与%(other)s重叠，请核对。") % {
        "row": row,
        "part": name,
        "other": whose,
    }
