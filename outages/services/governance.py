"""Govern a line or 台区 that was cut too often: plan, works, inspection, 销号."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.lifecycles.outage import KEEPERS
from outages.models import GovernanceCase
from outages.services.acting import act
from sla.engine import day_of
from sla.ground.actors import STAFF_WHO_ACT, Actor

LONGEST = 2000


def plan(
    case: GovernanceCase,
    *,
    measures: str,
    planned_on: date,
    responsible: Actor,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> GovernanceCase:
    """Say what will be done, until when, and who answers for it; or say it anew.

    Raises ValidationError for a date that has passed, or a person who cannot answer.
    """
    measures = _words(measures, "measures", _("请写明治理措施。"))
    if planned_on < day_of(at):
        raise ValidationError({"planned_on": _("计划完成日期不能早于今天。")})
    _require_answerable(responsible, case)
    with act(case, "plan", by=by, at=at, seen=seen) as running:
        row = running.row
        row.measures, row.planned_on = measures, planned_on
        row.responsible_id = responsible.pk
        running.remember(
            measures=measures,
            planned_on=planned_on.isoformat(),
            responsible=responsible.label(),
        )
    return case


def start_works(
    case: GovernanceCase,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> GovernanceCase:
    """Begin the works of the plan."""
    with act(case, "start_works", by=by, at=at, note=_short(note), seen=seen):
        pass
    return case


def finish_works(
    case: GovernanceCase,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> GovernanceCase:
    """Finish the works; from the next day on the clean days are counted."""
    with act(case, "finish_works", by=by, at=at, note=_short(note), seen=seen):
        pass
    return case


def inspect(
    case: GovernanceCase,
    *,
    inspection: str,
    passed: bool,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> GovernanceCase:
    """Write down what was found on site; what failed is put right and seen again."""
    inspection = _words(inspection, "inspection", _("请写明检查情况。"))
    with act(case, "inspect", by=by, at=at, seen=seen) as running:
        row = running.row
        row.inspected_at = at
        row.inspection, row.inspection_passed = inspection, passed
        running.remember(inspection=inspection, passed=passed)
    return case


def close(
    case: GovernanceCase,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> GovernanceCase:
    """Close a case (销号); the rule refuses it before its clean days are over."""
    with act(case, "close", by=by, at=at, note=_short(note), seen=seen):
        pass
    return case


def note(
    case: GovernanceCase,
    *,
    text: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> GovernanceCase:
    """Add a remark to the history."""
    text = _words(text, "text", _("请写明备注内容。"))
    with act(case, "note", by=by, at=at, note=text, seen=seen):
        pass
    return case


def _words(text: str, field: str, empty: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({field: empty})
    return _short(text, field)


def _short(text: str, field: str = "note") -> str:
    if len(text) > LONGEST:
        raise ValidationError({field: _("最多写%(most)s个字。") % {"most": LONGEST}})
    return text


def _require_answerable(person: Actor, case: GovernanceCase) -> None:
    """Refuse somebody who could not act on the case."""
    able = person.is_active and person.role in KEEPERS
    near = person.role not in STAFF_WHO_ACT or case.region_id in person.district_codes()
    if not (able and near):
        raise ValidationError(
            {"responsible": _("责任人须是在岗的运维人员，或负责该区的班组长。")}
        )
