"""One case of 频繁停电 from its evidence to 销号: outages, steps, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from outages import counting
from outages.lifecycles.governance import ACTS, Status
from outages.models import GovernanceCase, Outage, OutageEvent
from outages.rules import frequent, read
from outages.selectors import governed
from outages.selectors.governed import Line
from outages.vocabulary import Exclusion, ScopeLevel
from sla.engine import day_of
from sla.words import plain_day, recorded

# What the public reads of the history: the steps, not the remarks among staff.
PUBLIC_STEPS = (
    "open", "reopen", "plan", "start_works", "finish_works", "inspect", "close", "lift",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One outage that a finding counted, as it is judged now."""

    number: str
    began_at: datetime
    restored_at: datetime | None
    kind: str
    reason: str
    cause: str
    standing: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: in words, and with the outages in its window."""

    sentence: str
    outages: list[Evidence]


@dataclass(frozen=True, slots=True)
class Step:
    """One event as ``parts/timeline.html`` draws it."""

    state: str
    title: str
    at: datetime | None = None
    by: str = ""
    lines: tuple[str, ...] = ()
    note: str = ""
    promise: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything one page says of a case."""

    line: Line
    findings: list[Finding]
    steps: list[Step]


def book(case: GovernanceCase, *, at: datetime, staff: bool = False) -> Book:
    """Return what a page says of a case; the public sees no names and no remarks."""
    return Book(
        line=governed.line(case, at=at),
        findings=_findings(case),
        steps=_steps(case, at=at, staff=staff),
    )


def _findings(case: GovernanceCase) -> list[Finding]:
    told = case.findings["rules"]
    numbers = {number for rule in told for number in rule["outages"]}
    outages = {o.number: o for o in Outage.objects.filter(number__in=numbers)}
    parts = _part_rows(case, numbers)
    return [
        Finding(
            governed.said(rule),
            [_evidence(outages[n], parts[n]) for n in rule["outages"]],
        )
        for rule in told
    ]


def _part_rows(case: GovernanceCase, numbers: set[str]) -> dict[str, Any]:
    """Return this part's own interruptions: others may have power back earlier."""
    part = case.part
    rows: Any = part.interruptions.filter(outage__number__in=numbers)
    return {row.outage.number: row for row in rows.select_related("outage")}


def _evidence(outage: Outage, row: Any) -> Evidence:
    causes: Mapping[str, Any] = read("causes")["causes"]
    return Evidence(
        number=outage.number,
        began_at=row.began_at,
        restored_at=row.restored_at,
        kind=outage.get_kind_display(),
        reason=outage.reason,
        cause=_(causes[outage.cause]["name"]) if outage.cause else "",
        standing=outage.get_exclusion_display(),
        counts=outage.exclusion != Exclusion.CONFIRMED,
    )


def _steps(case: GovernanceCase, *, at: datetime, staff: bool) -> list[Step]:
    events = OutageEvent.objects.filter(reference=case.number).order_by("seq")
    if not staff:
        events = events.filter(action__in=PUBLIC_STEPS)
    steps = [_step(event, staff=staff) for event in events]
    ahead = _AHEAD.get(Status(case.status))
    if ahead is not None:
        face = governed.face_of(case)
        late = governed.is_late(case, today=day_of(at))
        tone = "overdue" if late else face.tone
        steps.append(Step("current", face.label, promise=ahead(case, at), tone=tone))
    return steps


def _step(event: OutageEvent, *, staff: bool) -> Step:
    facts = ACTS.get(event.action)
    return Step(
        state="done",
        title=str(facts.label) if facts else _("频繁停电，立案治理"),
        at=event.at,
        by=recorded(event.by_label) if staff else "",
        lines=tuple(_lines(event.payload)),
        note=event.note if staff else "",
    )


def _lines(payload: dict[str, Any]) -> list[str]:
    """Say what an event carries."""
    lines = [governed.said(rule) for rule in _rules(payload)]
    if payload.get("responsible"):
        lines.append(_("治理措施：%s") % payload["measures"])
        planned = date.fromisoformat(payload["planned_on"])
        lines.append(_("计划完成日期：%s") % plain_day(planned))
    if "passed" in payload:
        verdict = _("检查合格") if payload["passed"] else _("检查不合格")
        lines.append(_("%(verdict)s：%(text)s") % {
            "verdict": verdict, "text": payload["inspection"],
        })  # fmt: skip
    return lines


def _rules(payload: dict[str, Any]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = payload.get("findings", {}).get("rules", [])
    return rules


def _until_planned(case: GovernanceCase, at: datetime) -> str:
    assert case.planned_on is not None, "planned with its date"
    late = (day_of(at) - case.planned_on).days
    if late > 0:
        return _("计划%(day)s完成，已超期%(late)s天") % {
            "day": plain_day(case.planned_on),
            "late": late,
        }
    return _("计划%s前完成") % plain_day(case.planned_on)


def _until_quiet(case: GovernanceCase, at: datetime) -> str:
    quiet = counting.quiet(case)
    return _("须连续%(days)s天没有计入的停电，最早%(day)s可以销号") % {
        "days": frequent.clean_days(),
        "day": plain_day(quiet.first_day),
    }


def _plan_wanted(case: GovernanceCase, at: datetime) -> str:
    what = counting.level_of(case)
    return (
        _("要为这条线路制定治理方案")
        if what == ScopeLevel.LINE
        else _("要为这个台区制定治理方案")
    )


_AHEAD = {
    Status.OPENED: _plan_wanted,
    Status.PLANNED: _until_planned,
    Status.IN_WORKS: _until_planned,
    Status.OBSERVED: _until_quiet,
}
