"""The board as a whole: three rates, what is in hand, one measure broken down."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.supervision.scope import Basis, Scope
from portal.supervision.selectors import cases, clocks, lines, places
from portal.supervision.selectors.cases import InHand
from portal.supervision.selectors.lines import CaseLine
from sla.services import durations
from sla.services.durations import Spread
from sla.services.statistics import CaseFigures, Figures
from sla.vocabulary import Stage, UserType

MOST_OVERDUE = 10
Counted = Mapping[tuple[str, ...], Figures]
Taken = list[tuple[tuple[str, ...], int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown; ``key`` is what a link filters by."""

    key: str
    label: str
    figures: Figures
    spread: Spread | None

    @property
    def tenths(self) -> int | None:
        """Return the rate in tenths of a per cent, never rounded up to full marks."""
        return per_mille(self.figures.met, self.figures.judged)


def per_mille(part: int, whole: int) -> int | None:
    """Return part of whole in thousandths, rounded down; None where there is none."""
    return part * 1000 // whole if whole else None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One measure by stage, user type or district."""

    field: str
    title: str | Promise
    lines: list[Line]
    total: Figures
    durations: bool

    @property
    def tenths(self) -> int | None:
        """Return the rate of all lines together in tenths of a per cent."""
        return per_mille(self.total.met, self.total.judged)


@dataclass(frozen=True, slots=True)
class Rate:
    """The headline of one measure; cases only where a case is more than one clock."""

    basis: Basis
    figures: Figures
    cases: CaseFigures
    spread: Spread | None

    @property
    def tenths(self) -> int | None:
        """Return the rate in tenths of a per cent."""
        return per_mille(self.figures.met, self.figures.judged)

    @property
    def case_tenths(self) -> int | None:
        """Return the share of finished cases on time in tenths of a per cent."""
        return per_mille(self.cases.on_time, self.cases.cases)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page."""

    scope: Scope
    basis: Basis
    rates: list[Rate]
    in_hand: InHand
    breakdowns: list[Breakdown]
    overdue: list[CaseLine]


def read(scope: Scope, *, basis: Basis, sort: str = "") -> Overview:
    """Return the board; the number of queries does not depend on what there is."""
    counted, taken = clocks.table(scope), clocks.taken(scope)
    ended = cases.ended(scope)
    late = cases.in_hand(scope).filter(cases.OPEN["overdue"])
    worst = late.order_by("first_due", "reference")[:MOST_OVERDUE]
    return Overview(
        scope=scope,
        basis=basis,
        rates=[_rate(each, counted, taken, ended) for each in Basis],
        in_hand=cases.counts(scope),
        breakdowns=breakdowns(scope, basis, counted, taken, sort=sort),
        overdue=lines.of_open_cases(list(worst), scope),
    )


def tables(scope: Scope, *, basis: Basis) -> list[Breakdown]:
    """Return the breakdowns alone."""
    return breakdowns(scope, basis, clocks.table(scope), clocks.taken(scope))


def _rate(
    basis: Basis, counted: Counted, taken: Taken, ended: Mapping[str, CaseFigures]
) -> Rate:
    mine = [figures for keys, figures in counted.items() if keys[0] == basis]
    return Rate(
        basis=basis,
        figures=sum(mine, Figures()),
        cases=ended.get(basis, CaseFigures()),
        spread=clocks.spread_of(taken, basis),
    )


def breakdowns(
    scope: Scope, basis: Basis, counted: Counted, taken: Taken, *, sort: str = ""
) -> list[Breakdown]:
    """Break one measure down by stage (where it has stages), user type and district."""
    stages = [(s.value, str(s.label)) for s in Stage if s is not Stage.TOTAL]
    types = [(t.value, str(t.label)) for t in UserType]
    wanted: list[tuple[str, str | Promise, Iterable[tuple[str, str]]]] = [
        ("user_type", _("按用户类型"), types),
        ("region", _("按区"), places.names().items()),
    ]
    if basis is Basis.STAGE:
        wanted.insert(0, ("stage", _("按环节"), stages))
    return [
        _breakdown(field, title, names, basis, counted, taken, sort)
        for field, title, names in wanted
    ]


def _breakdown(
    field: str,
    title: str | Promise,
    names: Iterable[tuple[str, str]],
    basis: Basis,
    counted: Counted,
    taken: Taken,
    sort: str,
) -> Breakdown:
    place = clocks.KEYS.index(field)
    sums: dict[str, Figures] = {}
    for keys, figures in counted.items():
        if keys[0] == basis:
            sums[keys[place]] = sums.get(keys[place], Figures()) + figures
    # A mean over stages of different limits would say nothing.
    timed = basis is not Basis.STAGE or field == "stage"
    spent = _grouped(taken, basis, place) if timed else {}
    known = [(key, name) for key, name in names if key in sums]
    known += [(key, key) for key in sums.keys() - {key for key, _name in known}]
    found = [
        Line(key, name, sums[key], durations.spread(spent.get(key, [])))
        for key, name in known
    ]
    return Breakdown(
        field=field,
        title=title,
        lines=sorted_lines(found, field, sort),
        total=sum(sums.values(), Figures()),
        durations=timed,
    )


def _grouped(taken: Taken, basis: Basis, place: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for keys, days in taken:
        if keys[0] == basis:
            found.setdefault(keys[place], []).append(days)
    return found


ORDERS: dict[str, Callable[[Line], float]] = {
    "rate": lambda line: -1 if line.tenths is None else line.tenths,
    "judged": lambda line: line.figures.judged,
    "met": lambda line: line.figures.met,
    "missed": lambda line: line.figures.missed,
    "overdue": lambda line: line.figures.overdue,
    "open": lambda line: line.figures.open,
}


def sorted_lines(found: list[Line], field: str, sort: str) -> list[Line]:
    """Sort one breakdown by ``field.column`` or ``-field.column``; else as named."""
    table, _dot, column = sort.removeprefix("-").partition(".")
    key = ORDERS.get(column)
    if table != field or key is None:
        return found
    return sorted(found, key=key, reverse=sort.startswith("-"))
