"""The list behind one figure: counted, sorted, cut into pages, whole for export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import F, Min, Q, QuerySet
from django.utils.functional import Promise

from portal.supervision import wording
from portal.supervision.scope import Basis, Scope
from portal.supervision.selectors import cases, clocks, lines
from portal.supervision.selectors.lines import CaseLine, ClockLine
from sla.vocabulary import Stage

AT_ONCE = 500


class Listing(Protocol):
    """What pages and exports ask of a list."""

    @property
    def title(self) -> str | Promise:
        """Return what the list holds."""

    @property
    def meaning(self) -> str:
        """Return by which definition it was counted."""

    @property
    def rows(self) -> QuerySet[Any, Any]:
        """Return what was counted, in order."""

    def lines(self, rows: Sequence[Any]) -> Sequence[ClockLine | CaseLine]:
        """Return the lines of some rows, in a constant number of queries."""


@dataclass(frozen=True, slots=True)
class ClockList:
    """The clocks that one figure of one measure counted."""

    scope: Scope
    basis: Basis
    bucket: str
    stage: str = ""
    sort: str = ""

    @property
    def title(self) -> str | Promise:
        return wording.CLOCK_BUCKETS[self.bucket]

    @property
    def narrowed(self) -> str | Promise:
        """Return the measure, or the one stage, that the list is about."""
        return Stage(self.stage).label if self.stage else self.basis.label

    @property
    def meaning(self) -> str:
        """Return by which definition this was counted."""
        return self.basis.value

    @property
    def rows(self) -> QuerySet[Any, Any]:
        found = clocks.listed(self.scope, self.basis, self.bucket, self.stage)
        found = found.annotate(stood=F("was_paused"))
        return found.order_by(*_order(self.sort, CLOCK_ORDERS, self._usual), "pk")

    @property
    def _usual(self) -> str:
        return "-stopped" if self.bucket in {"met", "missed"} else "due"

    def lines(self, rows: Sequence[Any]) -> Sequence[ClockLine]:
        return lines.of_clocks(rows, self.scope)


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases that one figure counted; ``basis`` narrows those that ended."""

    scope: Scope
    bucket: str
    basis: Basis | None = None
    sort: str = ""

    @property
    def title(self) -> str | Promise:
        return wording.CASE_BUCKETS[self.bucket]

    @property
    def narrowed(self) -> str | Promise:
        """Return the measure that finished cases are narrowed to."""
        return self.basis.label if self.basis and self.is_ended else ""

    @property
    def is_ended(self) -> bool:
        """Tell whether the list is of cases that came to their end."""
        return self.bucket in cases.ENDED

    @property
    def meaning(self) -> str:
        """Return by which definition this was counted."""
        ended = self.basis.value if self.basis else "ended"
        return ended if self.is_ended else "in_hand"

    @property
    def rows(self) -> QuerySet[Any, Any]:
        if self.is_ended:
            found = cases.finished(self.scope).filter(cases.ENDED[self.bucket])
            if self.basis:
                found = found.filter(Q(basis=self.basis))
            order = _order(self.sort, ENDED_ORDERS, "-stopped")
            return found.order_by(*order, "reference")
        opened = cases.in_hand(self.scope).annotate(district=Min("region"))
        opened = opened.filter(cases.OPEN[self.bucket])
        return opened.order_by(*_order(self.sort, OPEN_ORDERS, "due"), "reference")

    def lines(self, rows: Sequence[Any]) -> Sequence[CaseLine]:
        if self.is_ended:
            return lines.of_ended_cases(rows, self.scope)
        return lines.of_open_cases(rows, self.scope)


CLOCK_ORDERS = {
    "number": "reference",
    "stage": "stage",
    "type": "user_type",
    "district": "region",
    "started": "started_at",
    "due": "due_at",
    "stopped": "stopped_at",
}
OPEN_ORDERS = {"number": "reference", "due": "first_due", "district": "district"}
ENDED_ORDERS = {
    "number": "reference",
    "district": "region",
    "started": "started_at",
    "stopped": "stopped_at",
}


def _order(sort: str, orders: dict[str, str], usual: str) -> list[Any]:
    """Return what to order by; a name nobody knows is the usual order."""
    name = sort if sort.removeprefix("-") in orders else usual
    column = F(orders[name.removeprefix("-")])
    if name.startswith("-"):
        return [column.desc(nulls_last=True)]
    return [column.asc(nulls_last=True)]


def every_line(listing: Listing) -> Iterator[ClockLine | CaseLine]:
    """Yield all lines, some hundred at a time, so that no statement grows too long."""
    rows = list(listing.rows)
    for first in range(0, len(rows), AT_ONCE):
        yield from listing.lines(rows[first : first + AT_ONCE])
