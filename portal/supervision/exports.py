"""What an export holds: the columns of a list, and what its figures mean."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from applications.selectors import sentences
from portal.supervision import wording
from portal.supervision.scope import Basis, Scope
from portal.supervision.selectors import places
from portal.supervision.selectors.lines import CaseLine, ClockLine
from portal.supervision.selectors.lists import CaseList, ClockList, every_line
from portal.supervision.selectors.overview import Breakdown, Line
from portal.supervision.sheets import Sheet, Value
from sla.vocabulary import Unit, UserType
from sla.words import short_moment

ClockColumns = Sequence[tuple[str, Callable[[ClockLine], Value]]]
CaseColumns = Sequence[tuple[str, Callable[[CaseLine], Value]]]


def _clock_columns() -> ClockColumns:
    return [
        (_("申请编号"), lambda line: line.number),
        (_("环节"), lambda line: line.stage),
        (_("口径"), lambda line: line.basis),
        (_("用户类型"), lambda line: line.user_type),
        (_("区"), lambda line: line.about.district),
        (_("申请人"), lambda line: line.about.applicant),
        (_("客户经理"), lambda line: line.about.manager),
        (_("开始"), lambda line: line.started_at),
        (_("到期"), lambda line: line.due_at),
        (_("结束"), lambda line: line.stopped_at),
        (_("已用"), lambda line: line.used),
        (_("时限"), lambda line: line.limit),
        (_("单位"), lambda line: str(Unit(line.unit).label)),
        (_("结果"), lambda line: tone(line.tone)),
    ]


def _case_columns(*, ended: bool) -> CaseColumns:
    first: CaseColumns = [
        (_("申请编号"), lambda line: line.number),
        (_("状态"), lambda line: line.status),
        (_("口径") if ended else _("时限"), lambda line: line.step),
        (_("用户类型"), lambda line: line.user_type),
        (_("区"), lambda line: line.about.district),
        (_("申请人"), lambda line: line.about.applicant),
        (_("客户经理"), lambda line: line.about.manager),
        (_("提交"), lambda line: line.submitted_at),
    ]
    if ended:
        last: CaseColumns = [
            (_("办结"), lambda line: line.closed_at),
            (_("结果"), lambda line: tone(line.tone)),
        ]
        return [*first, *last]
    return [
        *first,
        (_("到期"), lambda line: line.due_at),
        (_("超期工作日"), lambda line: line.over),
        (_("剩余工作日"), lambda line: line.left),
        (_("日期暂定"), lambda line: _("是") if line.provisional else ""),
        (_("归类"), lambda line: tone(line.tone)),
        (_("等待"), lambda line: line.waits_for),
        (_("暂停前已超期"), lambda line: _("是") if line.was_late else ""),
    ]


def tone(name: str) -> str:
    """Say how a clock or a case stands, as the chips on the screen do."""
    return _("受限已报备") if name == "exempt" else str(sentences.TONES[name])


def of_clocks(listing: ClockList) -> Sheet:
    """Return all lines of a list of clocks."""
    columns = _clock_columns()
    return Sheet(
        name=str(listing.title),
        headings=[heading for heading, _value in columns],
        rows=(
            [value(line) for _heading, value in columns]
            for line in every_line(listing)
            if isinstance(line, ClockLine)
        ),
        notes=_notes(listing.scope, str(listing.title), listing.meaning),
    )


def of_cases(listing: CaseList) -> Sheet:
    """Return all lines of a list of cases."""
    columns = _case_columns(ended=listing.is_ended)
    return Sheet(
        name=str(listing.title),
        headings=[heading for heading, _value in columns],
        rows=(
            [value(line) for _heading, value in columns]
            for line in every_line(listing)
            if isinstance(line, CaseLine)
        ),
        notes=_notes(listing.scope, str(listing.title), listing.meaning),
    )


FIGURES = (
    "按时完成", "超期完成", "在办已超期", "计入", "达标率%", "在办", "今日到期", "暂停",
    "受限已报备", "平均工作日", "中位工作日", "P90工作日",
)  # fmt: skip


def of_figures(scope: Scope, basis: Basis, tables: Sequence[Breakdown]) -> Sheet:
    """Return the breakdowns of one measure, one under the other."""
    return Sheet(
        name=str(basis.label),
        headings=[_("分组"), _("名称"), *FIGURES],
        rows=[
            [str(table.title), line.label, *_figures(line)]
            for table in tables
            for line in table.lines
        ],
        notes=_notes(scope, _("达标率分组统计"), basis),
    )


def _figures(line: Line) -> list[Value]:
    told, spread = line.figures, line.spread
    return [
        told.met,
        told.missed,
        told.overdue,
        told.judged,
        None if line.tenths is None else line.tenths / 10,
        told.open,
        told.due_today,
        told.paused,
        told.exempt,
        round(spread.mean, 1) if spread else None,
        spread.median if spread else None,
        spread.p90 if spread else None,
    ]


def _notes(scope: Scope, title: str, meaning: str) -> list[tuple[str, str]]:
    since = scope.since_on.isoformat() if scope.since_on else _("开办以来")
    district = places.names().get(scope.district, "") if scope.district else _("全部")
    who = UserType(scope.user_type).label if scope.user_type else _("全部")
    return [
        (_("内容"), title),
        (_("数据截至"), _("%s（北京时间）") % short_moment(scope.at)),
        (_("统计期"), f"{since} — {scope.today.isoformat()}"),
        (_("区"), district),
        (_("用户类型"), str(who)),
        (_("导出人"), scope.viewer.label()),
        (_("口径"), str(wording.DEFINITIONS[meaning])),
        (_("说明"), _("只含国家时限；姓名已脱敏；只含导出人有权查看的申请。")),
    ]
