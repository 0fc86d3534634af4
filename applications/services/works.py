"""The customer's own works: design, construction, and the utility's examinations."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from applications.models import Application, Inspection
from applications.services.acting import Act, act
from applications.services.history import LateEntry
from sla.ground.actors import Actor
from sla.ground.texts import stated
from sla.vocabulary import Stage


def start_design(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    designer: str,
    seen: int | None = None,
) -> Application:
    """Record which design firm the applicant chose; nobody may choose it for them."""
    designer = stated(designer, _("请填写您委托的设计单位。"), field="designer")
    with act(application, "start_design", by=by, at=at, seen=seen) as running:
        running.remember(designer=designer)
    return application


def submit_design(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Hand in the drawings; the clock of 设计审查 starts.

    What was sent back comes back changed: drawings older than that are not enough.
    """
    with act(
        application, "submit_design", by=by, at=at, note=note, seen=seen
    ) as running:
        row = running.application
        failed = row.inspections.failed(Stage.DESIGN_REVIEW).last()
        if failed is None:
            _require_papers(row, "drawings", _("请先上传设计图纸。"))
        else:
            sentence = _("请先上传按审查意见修改后的设计图纸。")
            _require_papers(row, "drawings", sentence, since=failed.concluded_at)
        _report(running, Stage.DESIGN_REVIEW, note, at)
    return application


def approve_design(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Approve the drawings."""
    return _conclude(
        application,
        "approve_design",
        by=by,
        at=at,
        findings=findings,
        seen=seen,
        late=late,
    )


def reject_design(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: str,
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Send the drawings back with all findings; a new review has a new clock."""
    findings = stated(findings, _("请一次写清全部审查意见。"), field="findings")
    return _conclude(
        application,
        "reject_design",
        by=by,
        at=at,
        findings=findings,
        seen=seen,
        late=late,
    )


def start_construction(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    contractor: str,
    seen: int | None = None,
) -> Application:
    """Record which contractor the applicant chose; nobody may choose it for them."""
    contractor = stated(contractor, _("请填写您委托的施工单位。"), field="contractor")
    with act(application, "start_construction", by=by, at=at, seen=seen) as running:
        running.remember(contractor=contractor)
    return application


def report_mid_inspection(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Ask for the mid-way inspection of concealed works; its clock starts."""
    with act(
        application, "report_mid_inspection", by=by, at=at, note=note, seen=seen
    ) as running:
        _report(running, Stage.MID_INSPECTION, note, at)
    return application


def pass_mid_inspection(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Pass the concealed works."""
    return _conclude(
        application,
        "pass_mid_inspection",
        by=by,
        at=at,
        findings=findings,
        seen=seen,
        late=late,
    )


def fail_mid_inspection(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: str,
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Find defects in the concealed works, all told at once."""
    findings = stated(findings, _("请一次写清全部缺陷和整改要求。"), field="findings")
    return _conclude(
        application,
        "fail_mid_inspection",
        by=by,
        at=at,
        findings=findings,
        seen=seen,
        late=late,
    )


def report_completion(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Report the works complete; the clock of 竣工检验 starts, anew after each defect.

    With an overhead transformer the supply plan stands in for the drawings (action
    plan, item 2), so no completion papers are demanded.
    """
    with act(
        application, "report_completion", by=by, at=at, note=note, seen=seen
    ) as running:
        if not running.application.overhead_transformer:
            _require_papers(
                running.application, "completion", _("请先上传竣工报验资料。")
            )
        _report(running, Stage.FINAL_INSPECTION, note, at)
    return application


def pass_final_inspection(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Pass the finished works."""
    return _conclude(
        application,
        "pass_final_inspection",
        by=by,
        at=at,
        findings=findings,
        seen=seen,
        late=late,
    )


def fail_final_inspection(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: str,
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Find defects in the finished works, all told at once."""
    findings = stated(findings, _("请一次写清全部缺陷和整改要求。"), field="findings")
    return _conclude(
        application,
        "fail_final_inspection",
        by=by,
        at=at,
        findings=findings,
        seen=seen,
        late=late,
    )


_PASSING = {"approve_design", "pass_mid_inspection", "pass_final_inspection"}


def _conclude(
    application: Application,
    action: str,
    *,
    by: Actor,
    at: datetime,
    findings: str,
    seen: int | None,
    late: LateEntry | None,
) -> Application:
    with act(
        application, action, by=by, at=at, note=findings, seen=seen, late=late
    ) as running:
        inspection = running.application.inspections.get(concluded_at__isnull=True)
        inspection.concluded_at = at
        inspection.concluded_by_id = by.pk
        inspection.passed = action in _PASSING
        inspection.findings = findings.strip()
        inspection.save()
        running.remember(round=inspection.round, passed=inspection.passed)
    return application


def _report(running: Act, stage: Stage, report: str, at: datetime) -> None:
    row = running.application
    inspection = Inspection.objects.create(
        application=row,
        stage=stage,
        round=row.inspections.filter(stage=stage).count() + 1,
        reported_at=at,
        report=report.strip(),
    )
    running.remember(round=inspection.round)


def _require_papers(
    application: Application, kind: str, sentence: str, since: datetime | None = None
) -> None:
    there = Q(kind=kind, removed_at__isnull=True)
    if since is not None:
        there &= Q(uploaded_at__gte=since)
    if not application.documents.filter(there).exists():
        raise ValidationError({kind: sentence})
