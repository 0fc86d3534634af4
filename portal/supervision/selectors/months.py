"""The months as they were reported, for the districts and users asked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum

from portal.supervision.models import MonthlyFigure, MonthlyReport
from portal.supervision.scope import Basis, Scope
from portal.supervision.selectors.overview import per_mille
from sla.ground.actors import STAFF_WHO_ACT
from sla.services.statistics import Figures

MOST = 12
COUNTED = ("met", "missed", "overdue", "exempt")


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure in one month."""

    basis: Basis
    figures: Figures

    @property
    def tenths(self) -> int | None:
        """Return the rate in tenths of a per cent."""
        return per_mille(self.figures.met, self.figures.judged)


@dataclass(frozen=True, slots=True)
class Month:
    """One frozen month, its three measures side by side and never added."""

    first: date
    last: date
    frozen_at: datetime
    cells: list[Cell]


def frozen(scope: Scope) -> list[Month]:
    """Return the last twelve frozen months, newest first; two queries."""
    reports = list(MonthlyReport.objects.order_by("-month")[:MOST])
    sums = _sums([report.month for report in reports], scope)
    return [_month(report, sums) for report in reports]


def _sums(months: list[date], scope: Scope) -> Mapping[tuple[date, str], Figures]:
    rows = MonthlyFigure.objects.filter(report__in=months)
    if scope.viewer.role in STAFF_WHO_ACT:
        rows = rows.filter(region__in=scope.viewer.district_codes())
    if scope.district:
        rows = rows.filter(region=scope.district)
    if scope.user_type:
        rows = rows.filter(user_type=scope.user_type)
    counted = {name: Sum(name) for name in COUNTED}
    grouped = rows.values("report_id", "basis").annotate(**counted).order_by()
    return {
        (row["report_id"], row["basis"]): Figures(**{n: row[n] for n in COUNTED})
        for row in grouped
    }


def _month(report: MonthlyReport, sums: Mapping[tuple[date, str], Figures]) -> Month:
    after = (report.month + timedelta(days=31)).replace(day=1)
    return Month(
        first=report.month,
        last=after - timedelta(days=1),
        frozen_at=report.frozen_at,
        cells=[
            Cell(basis, sums.get((report.month, basis.value), Figures()))
            for basis in Basis
        ],
    )
