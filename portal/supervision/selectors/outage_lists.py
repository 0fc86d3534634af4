"""The list behind each figure of the outage board: title, meaning, rows, columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from outages.indices import SECOND
from outages.lifecycles.repair import Status as RepairStatus
from outages.models import RepairOrder
from outages.services import quality
from outages.vocabulary import Trouble
from portal.supervision import outage_wording
from portal.supervision.selectors import outages
from portal.supervision.selectors.outages import Asked
from portal.supervision.sheets import Value

Columns = list[tuple[str, Callable[[Any], Value]]]
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class OutageList:
    """One list: what it holds, by which definition, and how its rows are told."""

    ask: Asked
    figure: str
    title: str | Promise
    meaning: str | Promise
    rows: QuerySet[Any]
    columns: Columns
    link: Callable[[Any], str]

    @property
    def headings(self) -> list[str]:
        """Return the names of the columns."""
        return [heading for heading, _value in self.columns]

    def lines(self, rows: Sequence[Any]) -> list[tuple[str, list[tuple[str, Value]]]]:
        """Return link and named cells of some rows."""
        names = self.headings
        return [
            (self.link(row), list(zip(names, self.cells(row), strict=True)))
            for row in rows
        ]

    def cells(self, row: Any) -> list[Value]:
        """Return what the columns say of a row."""
        return [value(row) for _heading, value in self.columns]

    def every(self) -> Iterator[list[Value]]:
        """Yield all rows for a file."""
        for row in self.rows.iterator(AT_ONCE):
            yield self.cells(row)


def of(ask: Asked, figure: str) -> OutageList | None:
    """Return the list behind a figure; None for a figure nobody knows."""
    if figure in quality.CHECKS:
        check = quality.CHECKS[figure]
        return _interruptions(
            ask, figure, check.name, check.meaning, outages.doubtful(ask, figure)
        )
    if figure not in outage_wording.LISTS:
        return None
    title = outage_wording.LISTS[figure]
    meaning = outage_wording.DEFINITIONS[outage_wording.MEANINGS[figure]]
    if figure in outages.CASES:
        return _cases(ask, figure, title, meaning)
    if figure in REPAIRS:
        return _repairs(ask, figure, title, meaning)
    if figure in INTERRUPTIONS:
        rows = INTERRUPTIONS[figure](ask)
        return _interruptions(ask, figure, title, meaning, rows)
    return _outages(ask, figure, title, meaning)


OUTAGES = {
    "out": outages.out_now,
    "announced": outages.announced,
    "noticed": outages.noticed,
    "late": outages.late,
}
INTERRUPTIONS = {"interruptions": outages.interruptions, "hours": outages.hours}
REPAIRS: dict[str, dict[str, Any]] = {
    "repairs": {},
    "arrived": {"arrived_at__isnull": False},
    "restored": {"arrived_at__isnull": False, "restored_at__isnull": False},
}


def _outages(
    ask: Asked, figure: str, title: str | Promise, meaning: str | Promise
) -> OutageList:
    columns: Columns = [
        (_("停电编号"), lambda row: row.number),
        (_("类型"), lambda row: row.get_kind_display()),
        (_("状态"), lambda row: row.get_status_display()),
        (_("范围"), lambda row: row.area_text),
        (_("户数"), lambda row: row.households),
        (_("公告时间"), lambda row: row.published_at),
        (_("计划停电"), lambda row: row.starts_at),
        (_("实际停电"), lambda row: row.began_at),
        (
            _("迟公告"),
            lambda row: row.late_reason or _("是") if row.late_notice else "",
        ),
    ]
    # Both databases alike: what was never announced comes after what was.
    told, began = (
        F(name).desc(nulls_last=True) for name in ("published_at", "began_at")
    )
    rows = OUTAGES[figure](ask).order_by(told, began, "pk")
    return OutageList(
        ask, figure, title, meaning, rows, columns, lambda row: _page(row.number)
    )


def _repairs(
    ask: Asked, figure: str, title: str | Promise, meaning: str | Promise
) -> OutageList:
    columns: Columns = [
        (_("抢修单号"), lambda row: row.number),
        (_("区"), lambda row: row.region.name),
        (_("地区类别"), lambda row: row.get_area_class_display()),
        (_("现象"), lambda row: row.get_trouble_display()),
        (_("状态"), lambda row: row.get_status_display()),
        (_("首次报修"), lambda row: row.reported_at),
        (_("到达现场"), lambda row: row.arrived_at),
        (_("到达用时（分钟）"), lambda row: _minutes(row.reported_at, row.arrived_at)),
        (_("恢复供电"), lambda row: row.restored_at),
        (_("恢复用时（分钟）"), lambda row: _minutes(row.arrived_at, row.restored_at)),
    ]
    rows = RepairOrder.objects.filter(
        region__in=ask.codes,
        reported_at__gte=ask.since,
        reported_at__lt=ask.until,
        **REPAIRS[figure],
    ).exclude(trouble=Trouble.STREET_LIGHT)
    rows = rows.exclude(status=RepairStatus.DISMISSED).select_related("region")
    return OutageList(
        ask, figure, title, meaning, rows.order_by("-reported_at", "pk"), columns,
        lambda row: reverse("admin:outages_repairorder_change", args=[row.pk]),
    )  # fmt: skip


def _minutes(since: Any, until: Any) -> int | None:
    if since is None or until is None:
        return None
    return int((until - since) / SECOND / 60)


def _cases(
    ask: Asked, figure: str, title: str | Promise, meaning: str | Promise
) -> OutageList:
    columns: Columns = [
        (_("治理编号"), lambda row: row.number),
        (_("线路或台区"), lambda row: row.part.name),
        (_("区"), lambda row: row.region.name),
        (_("状态"), lambda row: row.get_status_display()),
        (_("立案"), lambda row: row.opened_at),
        (_("计划完成"), lambda row: row.planned_on and row.planned_on.isoformat()),
        (_("销号"), lambda row: row.closed_at),
        (_("重新立案次数"), lambda row: row.reopened),
    ]
    rows = outages.cases(ask, figure).select_related("line", "transformer", "region")
    return OutageList(
        ask, figure, title, meaning, rows.order_by("-opened_at", "pk"), columns,
        lambda row: reverse("outages:frequent-case", args=[row.number]),
    )  # fmt: skip


def _interruptions(
    ask: Asked,
    figure: str,
    title: str | Promise,
    meaning: str | Promise,
    rows: QuerySet[Any],
) -> OutageList:
    columns: Columns = [
        (_("停电编号"), lambda row: row.outage.number),
        (_("台区"), lambda row: row.transformer.name),
        (_("区"), lambda row: row.region.name),
        (_("类型"), lambda row: row.outage.get_kind_display()),
        (pgettext("since when", "停电"), lambda row: row.began_at),
        (pgettext("since when", "复电"), lambda row: row.restored_at),
        (_("户数"), lambda row: row.households),
        (_("计入统计期（秒）"), lambda row: _seconds(ask, row)),
        (_("停电户秒"), lambda row: _seconds(ask, row) * row.households),
        (_("是否剔除"), lambda row: row.outage.get_exclusion_display()),
    ]
    return OutageList(
        ask, figure, title, meaning,
        rows.select_related("outage", "transformer", "region").order_by(
            "-began_at", "pk"
        ),
        columns, lambda row: _page(row.outage.number),
    )  # fmt: skip


def _seconds(ask: Asked, row: Any) -> int:
    """Return how much of an interruption lies within the period."""
    until = ask.until.replace(microsecond=0)
    over = min(row.restored_at or until, until)
    return max(0, int((over - max(row.began_at, ask.since)) // SECOND))


def _page(number: str) -> str:
    return reverse("outages:one", args=[number])
