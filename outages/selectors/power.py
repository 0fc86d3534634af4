"""Is the power out at an address, will it be, and was it lately?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from outages.lifecycles.outage import OUT, Status
from outages.models import Account, Interruption, Outage, OutageScope
from outages.vocabulary import OutageKind, ScopeLevel

RECENT = timedelta(days=7)
# What began longer ago and ended within those days is no news for anybody: the limit
# keeps the look at a history of years as short as one at a history of months.
LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Cut:
    """What one outage does to the areas that were asked about.

    ``began_at`` and ``restored_at`` are those of the areas, which may have power again
    before the whole outage is over; ``back_at`` is the surest word on the end.
    """

    outage: Outage
    transformer_ids: frozenset[int]
    began_at: datetime | None
    restored_at: datetime | None
    back_at: datetime | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class Power:
    """The answer: out now, announced (the next first), restored within seven days."""

    at: datetime
    out: tuple[Cut, ...]
    ahead: tuple[Cut, ...]
    recent: tuple[Cut, ...]

    @property
    def is_out(self) -> bool:
        return bool(self.out)


def look(
    transformer_ids: Collection[int], *, at: datetime, account: Account | None = None
) -> Power:
    """Return how power stands in these areas at ``at``, in two queries.

    An outage of single accounts, of arrears above all, is told only to who looks by
    that very ``account``.
    """
    if not transformer_ids:
        return Power(at, (), (), ())
    here = _concerning(transformer_ids, account)
    lasting = list(
        here.filter(restored_at=None, outage__status__in=[Status.ANNOUNCED, *OUT])
    )
    over = here.filter(
        began_at__gt=at - LONGEST, restored_at__gt=at - RECENT, restored_at__lte=at
    )
    out = [row for row in lasting if row.began_at is not None and row.outage.is_out]
    ahead = [
        row
        for row in lasting
        if row.outage.status == Status.ANNOUNCED and not row.outage.has_lapsed(at)
    ]
    return Power(
        at,
        out=tuple(sorted(_cuts(out), key=_beginning)),
        ahead=tuple(sorted(_cuts(ahead), key=_beginning)),
        recent=tuple(sorted(_cuts(over), key=_end, reverse=True)),
    )


def _concerning(
    transformer_ids: Collection[int], account: Account | None
) -> QuerySet[Interruption]:
    everybody = Q(whole=True) & ~Q(outage__kind=OutageKind.ARREARS)
    if account is not None:
        named = OutageScope.objects.filter(
            outage=OuterRef("outage"), level=ScopeLevel.ACCOUNT, account=account
        )
        everybody |= Q(Exists(named), transformer=account.transformer_id)
    rows = Interruption.objects.filter(transformer__in=list(transformer_ids))
    return rows.filter(everybody).select_related("outage")


def _cuts(rows: Iterable[Interruption]) -> list[Cut]:
    """Put together what one outage does to several areas."""
    by_outage: dict[int, list[Interruption]] = {}
    for row in rows:
        by_outage.setdefault(row.outage_id, []).append(row)
    return [_cut(together) for together in by_outage.values()]


def _cut(rows: list[Interruption]) -> Cut:
    outage = rows[0].outage
    began = [row.began_at for row in rows if row.began_at is not None]
    restored = [row.restored_at for row in rows if row.restored_at is not None]
    back = max(restored) if restored else outage.back_at
    return Cut(
        outage=outage,
        transformer_ids=frozenset(row.transformer_id for row in rows),
        began_at=min(began, default=None),
        restored_at=max(restored, default=None),
        back_at=back,
        estimated=not restored and outage.estimated_at is not None,
    )


def _beginning(cut: Cut) -> datetime:
    moment = cut.began_at or cut.outage.starts_at
    assert moment is not None, "an announced outage says when it starts"
    return moment


def _end(cut: Cut) -> datetime:
    assert cut.restored_at is not None, "only restored areas are asked"
    return cut.restored_at
