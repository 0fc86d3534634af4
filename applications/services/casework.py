"""Who handles a case, and what holds it up beyond the utility's own steps."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.models import Application, GridUpgrade, GridUpgradeDate
from applications.services import timing
from applications.services.acting import act
from sla.engine import day_of
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.ground.texts import stated
from sla.services import clocks

LONGEST_UPGRADE_YEARS = 10


def claim(
    application: Application, *, by: Actor, at: datetime, seen: int | None = None
) -> Application:
    """Take a case that nobody handles yet."""
    with act(application, "claim", by=by, at=at, seen=seen) as running:
        running.application.manager_id = by.pk
    return application


def assign(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    manager: Actor,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Give a case to a manager of its district."""
    if manager.role not in STAFF_WHO_ACT or not manager.is_active:
        raise ValidationError({"manager": _("只能分派给在岗的客户经理。")})
    if application.region_id not in manager.district_codes():
        raise ValidationError({"manager": _("该客户经理不负责申请所在的区。")})
    with act(application, "assign", by=by, at=at, note=note, seen=seen) as running:
        running.application.manager_id = manager.pk
        running.remember(manager=manager.label())
    return application


def note(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    text: str,
    seen: int | None = None,
) -> Application:
    """Leave a remark for colleagues; the applicant never sees it."""
    text = stated(text, _("请填写备注内容。"), field="text")
    with act(application, "note", by=by, at=at, note=text, seen=seen):
        pass
    return application


def wait_for_permit(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    authority: str,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Hand the external line over to the permitting authority; our clocks pause.

    The 5/15 of 三零 go on: they are the whole process, the permit included.
    """
    authority = stated(authority, _("请填写办理行政审批的部门。"), field="authority")
    with act(
        application, "wait_for_permit", by=by, at=at, note=note, seen=seen
    ) as running:
        running.application.permit_since = at
        reason = f"等待行政审批（{authority}）"
        timing.pause_for_permit(running.application, by=by, at=at, reason=reason)
        running.remember(authority=authority)
    return application


def receive_permit(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Record that the permit has arrived; the utility's clocks go on."""
    with act(
        application, "receive_permit", by=by, at=at, note=note, seen=seen
    ) as running:
        running.application.permit_since = None
        timing.resume_after_permit(
            running.application, by=by, at=at, reason="行政审批已办结"
        )
    return application


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What the monthly report on 受限 projects asks for (action plan, item 1)."""

    project_name: str
    project_address: str
    reason: str
    responsible_unit: str
    approved_by_name: str
    planned_on: date


def flag_grid_upgrade(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    upgrade: Upgrade,
    seen: int | None = None,
) -> Application:
    """State that the public grid must be upgraded first, and until when.

    The clocks go on; the case counts as 受限已报备, never as on time.
    """
    contents = asdict(upgrade)
    planned_on = contents.pop("planned_on")
    problems = {
        name: _("请填写%s。") % GridUpgrade._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name, text in contents.items()
        if not text.strip()
    }
    if problems:
        raise ValidationError(problems)
    _require_future(planned_on, at)
    with act(
        application, "flag_grid_upgrade", by=by, at=at, note=upgrade.reason, seen=seen
    ) as running:
        row = running.application
        flagged = GridUpgrade.objects.create(application=row, flagged_at=at, **contents)
        _state_date(flagged, planned_on, "", by=by, at=at)
        assert row.number is not None, "an open application has its number"
        clocks.mark_exempt(
            reference=row.number, at=at, by=by.label(), reason=upgrade.reason
        )
        running.remember(
            project_name=upgrade.project_name,
            planned_on=planned_on.isoformat(),
            approved_by=upgrade.approved_by_name,
        )
    return application


def change_upgrade_date(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    planned_on: date,
    reason: str,
    seen: int | None = None,
) -> Application:
    """State another completion date; every earlier one stays on record."""
    reason = stated(reason, _("请写明计划变更的原因。"))
    _require_future(planned_on, at)
    with act(
        application, "change_upgrade_date", by=by, at=at, note=reason, seen=seen
    ) as running:
        upgrade = running.application.grid_upgrades.get(cleared_at__isnull=True)
        _state_date(upgrade, planned_on, reason, by=by, at=at)
        running.remember(planned_on=planned_on.isoformat())
    return application


def clear_grid_upgrade(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Record that the grid is ready; the case stays 受限已报备, never on time."""
    with act(
        application, "clear_grid_upgrade", by=by, at=at, note=note, seen=seen
    ) as running:
        upgrade = running.application.grid_upgrades.get(cleared_at__isnull=True)
        upgrade.cleared_at = at
        upgrade.save(update_fields=["cleared_at"])
    return application


def _state_date(
    upgrade: GridUpgrade, planned_on: date, reason: str, *, by: Actor, at: datetime
) -> None:
    GridUpgradeDate.objects.create(
        upgrade=upgrade,
        planned_on=planned_on,
        reason=reason,
        at=at,
        by_label=by.label(),
    )


def _require_future(planned_on: date, at: datetime) -> None:
    today = day_of(at)
    if planned_on <= today:
        raise ValidationError({"planned_on": _("工程计划完成时限应晚于今天。")})
    if planned_on.year > today.year + LONGEST_UPGRADE_YEARS:
        raise ValidationError(
            {"planned_on": _("工程计划完成时限超过十年，请核对年份。")}
        )
