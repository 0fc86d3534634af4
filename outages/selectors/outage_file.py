"""Everything that the page of one outage tells those who work on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages import permissions, rules
from outages.lifecycles.outage import AHEAD, Status
from outages.models import Interruption, Outage, OutageEvent, Work
from outages.permissions import arrears as arrears_rules
from outages.selectors import conflicts, forecast
from outages.services import notice, scope_text
from outages.services.cutting import LeftOut
from outages.vocabulary import OutageKind
from sla.words import exact_length, exact_moment, listed, recorded, run_on

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Node:
    """One act in the history, as parts/timeline.html shows it."""

    title: str
    at: datetime
    by: str
    note: str
    lines: tuple[str, ...]
    state: str = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One legal step of a cut for arrears."""

    label: str
    done: str
    clause: str


@dataclass(frozen=True, slots=True)
class OutageFile:
    """What the page of an outage shows, ready to be shown."""

    nodes: list[Node]
    scope: list[str]
    works: list[Work]
    areas: list[Interruption]
    areas_count: int
    areas_back: int
    lines: list[str]
    cause: str
    verdict: str
    late: bool
    steps: list[Step]
    conflicts: list[conflicts.Conflict]
    forecast: forecast.Forecast | None


def of(outage: Outage, *, at: datetime) -> OutageFile:
    """Return the file of an outage; forecast and conflicts only before it begins."""
    counted = outage.interruptions.aggregate(
        every=Count("pk"), back=Count("pk", filter=Q(restored_at__isnull=False))
    )
    areas = outage.interruptions.select_related("transformer", "line", "region")
    whole_lines = outage.line_interruptions.order_by("line__code")
    verdict, late = _verdict(outage, at)
    return OutageFile(
        nodes=_nodes(outage),
        scope=scope_text.written(outage).splitlines(),
        works=list(outage.works.order_by("pk")),
        areas=list(areas.order_by("transformer__code")[:SHOWN]),
        areas_count=counted["every"],
        areas_back=counted["back"],
        lines=list(whole_lines.values_list("line__name", flat=True)),
        cause=_cause(outage),
        verdict=verdict,
        late=late,
        steps=_steps(outage) if outage.kind == OutageKind.ARREARS else [],
        conflicts=conflicts.conflicts(outage, at=at),
        forecast=forecast.forecast(outage, at=at),
    )


def _cause(outage: Outage) -> str:
    facts = rules.read("causes")["causes"].get(outage.cause)
    return _(facts["name"]) if facts else ""


def _verdict(outage: Outage, at: datetime) -> tuple[str, bool]:
    """Return how the announcement stands to the rule, and whether it is late."""
    if outage.starts_at is None or outage.kind == OutageKind.FAULT:
        return "", False
    if outage.status in AHEAD - {Status.ANNOUNCED}:
        judged = notice.judge(outage.kind, starts_at=outage.starts_at, at=at)
        return judged.sentence, judged.late
    if outage.published_at is None or outage.lead_minutes is None:
        return "", outage.late_notice
    lead = exact_length(timedelta(minutes=outage.lead_minutes))
    told = _("%(at)s公告，须提前%(lead)s。") % {
        "at": exact_moment(outage.published_at),
        "lead": lead if outage.lead_minutes else _("尽早"),
    }
    if outage.late_notice:
        why = _("公告迟了，原因：%(why)s") % {"why": outage.late_reason}
        told = run_on([told, why])
    return told, outage.late_notice


def _nodes(outage: Outage) -> list[Node]:
    events = OutageEvent.objects.filter(reference=outage.number).order_by("seq")
    return [
        Node(
            title=permissions.label_of(outage, event.action),
            at=event.at,
            by=recorded(event.by_label),
            note=event.note,
            lines=tuple(_lines(event)),
        )
        for event in events
    ]


def _lines(event: OutageEvent) -> list[str]:
    """Return what an event kept, where people should read it."""
    payload: dict[str, Any] = event.payload
    said = [
        str(words) % {"moment": exact_moment(datetime.fromisoformat(payload[name]))}
        for name, words in _MOMENTS.items()
        if payload.get(name)
    ]
    said += [str(words) for name, words in _FLAGS.items() if payload.get(name)]
    if payload.get("left_out"):
        left = LeftOut(tuple(payload["left_out"]), tuple(payload["already_out_in"]))
        said.append(left.remark)
    if payload.get("late_reason"):
        said.append(recorded(payload["late_reason"]))
    return [str(line) for line in said]


_MOMENTS = {
    "starts_at": gettext_lazy("计划停电：%(moment)s"),
    "ends_at": gettext_lazy("计划复电：%(moment)s"),
    "began_at": gettext_lazy("停电：%(moment)s"),
    "estimated_at": gettext_lazy("预计复电：%(moment)s"),
    "restored_at": gettext_lazy("复电：%(moment)s"),
    "paid_at": gettext_lazy("交清：%(moment)s"),
}
_FLAGS = {
    "late": gettext_lazy("公告迟于规定"),
    "after_end": gettext_lazy("延时在原公告的复电时间之后才公布"),
    "overran_seconds": gettext_lazy("复电晚于公告"),
    "restored_late": gettext_lazy("交清电费后超过24小时才恢复供电"),
}


def _steps(outage: Outage) -> list[Step]:
    """Return the legal steps with when each was done; nothing where it was not."""
    facts, figures = outage.arrears, arrears_rules.steps()
    compound = Step(
        _("报告区能源（电力）管理部门"),
        f"{exact_moment(facts.district_told_at)} {facts.district_reference}"
        if facts.district_told_at
        else "",
        _("天津行动计划三-12、附件1（34）"),
    )
    return [
        Step(
            _("逾期超过%(n)s日，到期日%(due)s")
            % {"n": figures["days_overdue"], "due": facts.due_on},
            _("已催交：%(days)s") % {"days": listed(facts.reminded_on)}
            if facts.reminded_on
            else "",
            _("《电力供应与使用条例》第39条"),
        ),
        *([compound] if facts.residential_compound else []),
        Step(
            _("提前%(n)s日通知") % {"n": figures["notice_days"]},
            exact_moment(outage.published_at) if outage.published_at else "",
            _("《民法典》第654条、供电企业停限电程序"),
        ),
        Step(
            _("停电前%(n)s分钟再次通知") % {"n": figures["final_notice_minutes"]},
            exact_moment(facts.final_notice_at) if facts.final_notice_at else "",
            _("供电企业停限电程序"),
        ),
    ]
