"""What the files of the outage board hold."""

from django.utils.translation import gettext as _

from outages.indices import Level
from outages.selectors.repair_figures import Spread
from portal.supervision import outage_wording
from portal.supervision.selectors.outage_lists import OutageList
from portal.supervision.selectors.outages import Asked, DistrictLine, OutageBoard
from portal.supervision.sheets import Sheet, Value
from sla.words import short_moment

FIGURES = (
    "公告", "迟公告", "抢修单", "平均到达（分钟）", "平均恢复（分钟）", "治理未销号",
    "治理超期", "期内销号",
)  # fmt: skip
INDICES = (
    "用户数", "台区停电次数", "停电户次", "停电时户数", "SAIDI 小时/户",
    "SAIFI 次/户", "CAIDI 小时/次", "ASAI %",
)  # fmt: skip


def of_figures(ask: Asked, page: OutageBoard) -> Sheet:
    """Return every district's figures, and all together."""
    headings = [_("区"), *FIGURES]
    headings += [f"{name}（{level.label}）" for level in Level for name in INDICES]
    rows = [_row(line, line.name) for line in page.lines]
    rows.append(_row(page.total, _("合计")))
    words = outage_wording.DEFINITIONS
    meanings = [
        (_("口径"), str(words[name])) for name in ("notices", "repairs", "cases")
    ]
    meanings += [(_("口径"), str(words[name])) for name in ("reliability", "indices")]
    return Sheet(_("停电监管统计"), headings, rows, [*_notes(ask), *meanings])


def _row(line: DistrictLine, name: str) -> list[Value]:
    speed = line.speed
    cells: list[Value] = [
        name,
        line.noticed,
        line.late,
        speed.reported if speed else 0,
        _mean(speed.arrival if speed else None),
        _mean(speed.restore if speed else None),
        *(line.cases[key] for key in ("cases_open", "cases_late", "cases_closed")),
    ]
    for level in Level:
        told = line.told[level.value]
        cells += [
            told.customers, told.interruptions, told.customers_off,
            told.customer_hours, told.saidi, told.saifi, told.caidi, told.asai,
        ]  # fmt: skip
    return cells


def _mean(spread: Spread | None) -> float | None:
    return round(spread.mean, 1) if spread else None


def of_list(listing: OutageList) -> Sheet:
    """Return all rows of a list."""
    return Sheet(
        str(listing.title),
        listing.headings,
        listing.every(),
        [*_notes(listing.ask), (_("口径"), str(listing.meaning))],
    )


def _notes(ask: Asked) -> list[tuple[str, str]]:
    names = "、".join(ask.names[code] for code in ask.codes)
    return [
        (_("数据截至"), _("%s（北京时间）") % short_moment(ask.now)),
        (_("统计期"), f"{ask.span.first} — {ask.span.last}"),
        (_("区"), names),
        (_("导出人"), ask.scope.viewer.label()),
    ]
