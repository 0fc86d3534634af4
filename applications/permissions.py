"""The rules: one function an act, raising ``Refused`` with a sentence for people.

The same rule greys the button, gives its tooltip, and guards the service and the API.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import catalogue
from applications.lifecycle import ACTIONS, Status
from applications.models import Application
from sla.engine import day_of
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.ground.errors import OutOfOrder, Refused
from sla.vocabulary import Stage
from sla.words import listed

Rule = Callable[[Application, Actor, datetime], None]


def require(action: str, application: Application, *, by: Actor, at: datetime) -> None:
    """Raise Refused unless this person may do this act on this application now."""
    facts = ACTIONS[action]
    if not by.is_active:
        raise Refused(_("您的账号已停用，请联系管理员。"))
    if by.role not in facts.who:
        who = listed(role.label for role in sorted(facts.who))
        raise Refused(
            _("“%(act)s”只能由%(who)s办理。") % {"act": facts.label, "who": who}
        )
    _require_reach(application, by)
    if application.status not in facts.sources:
        raise OutOfOrder(
            _("申请当前为“%(status)s”，不能办理“%(act)s”。")
            % {"status": application.get_status_display(), "act": facts.label}
        )
    if facts.target is not None and by.role in STAFF_WHO_ACT:
        _require_no_pending_permit(application)
    rule = RULES.get(action)
    if rule is not None:
        rule(application, by, at)


def can(
    action: str, application: Application, *, by: Actor, at: datetime
) -> tuple[bool, str]:
    """Return whether ``require`` would pass, and the reason when it would not."""
    try:
        require(action, application, by=by, at=at)
    except Refused as refusal:
        return False, refusal.reason
    return True, ""


def _require_reach(application: Application, by: Actor) -> None:
    if by.role == Role.APPLICANT and application.filed_by_id != by.pk:
        raise Refused(_("只能办理本人提交的申请。"))
    if by.role in STAFF_WHO_ACT and application.region_id not in by.district_codes():
        raise Refused(_("该申请不在您负责的区域，请联系所在区的客户经理。"))


def _require_no_pending_permit(application: Application) -> None:
    if application.permit_since is not None:
        raise Refused(_("正在等待行政审批，请先登记“行政审批办结”。"))


# -- What single acts ask beyond role, reach and status ------------------------------
def _told_once(application: Application, by: Actor, at: datetime) -> None:
    # 优化营商环境条例 第36条: everything that is missing is told at one time.
    if application.supplement_asked:
        raise Refused(_("补正要求只能一次性告知，此前已告知过，请受理或不予受理。"))


def _needs_design_review(application: Application, by: Actor, at: datetime) -> None:
    if Stage.DESIGN_REVIEW not in application.route:
        raise Refused(_("该申请不需要设计审查，请办理下一步。"))


def _builds_without_review(application: Application, by: Actor, at: datetime) -> None:
    if application.is_low_voltage:
        raise Refused(_("低压用户没有受电工程，请直接签订供用电合同。"))
    if Stage.DESIGN_REVIEW in application.route:
        raise Refused(_("该申请需要先做设计审查，请先登记设计单位。"))


def _mid_inspection_due(application: Application, by: Actor, at: datetime) -> None:
    if Stage.MID_INSPECTION not in application.route:
        raise Refused(_("该申请不需要中间检查，竣工后请直接报验。"))
    if application.mid_inspection_passed:
        raise Refused(_("中间检查已经合格，竣工后请报验。"))


def _mid_inspection_done(application: Application, by: Actor, at: datetime) -> None:
    needed = Stage.MID_INSPECTION in application.route
    if needed and not application.mid_inspection_passed:
        raise Refused(_("隐蔽工程须先经中间检查合格，请先报中间检查。"))


def _contract_ready(application: Application, by: Actor, at: datetime) -> None:
    if application.status == Status.PLAN_CONFIRMED and not application.is_low_voltage:
        raise OutOfOrder(_("高压用户须在竣工检验合格后签订供用电合同。"))
    if application.promised_documents:
        raise Refused(_("请先补齐当初承诺后补的材料，再签订供用电合同。"))


def _plan_overdue(application: Application, by: Actor, at: datetime) -> None:
    plan = application.plans.last()
    if plan is None or day_of(at) <= plan.valid_until:
        raise Refused(_("供电方案仍在有效期内。"))


def _plan_valid(application: Application, by: Actor, at: datetime) -> None:
    plan = application.plans.last()
    if plan is not None and day_of(at) > plan.valid_until:
        raise Refused(_("供电方案已超过有效期，请重新申请。"))


def _plan_extendable(application: Application, by: Actor, at: datetime) -> None:
    rule = catalogue.read("plans")
    plan = application.plans.last()
    if plan is None or plan.extended:
        raise Refused(_("供电方案只能延期一次。"))
    latest = plan.valid_until - timedelta(days=rule["extension_asked_days_before"])
    if day_of(at) > latest:
        raise Refused(
            _("延期须在到期前%(days)s日申请，现已超过。")
            % {"days": rule["extension_asked_days_before"]}
        )


def _line_undecided(application: Application, by: Actor, at: datetime) -> None:
    if application.external_line:
        raise Refused(_("已经认定有电力外线工程。"))


def _permit_possible(application: Application, by: Actor, at: datetime) -> None:
    if not application.external_line:
        raise Refused(_("没有电力外线工程的申请不需要行政审批。"))
    if application.permit_since is not None:
        raise Refused(_("已经转行政审批，尚未办结。"))


def _permit_pending(application: Application, by: Actor, at: datetime) -> None:
    if application.permit_since is None:
        raise Refused(_("该申请没有在办的行政审批。"))


def _not_yet_flagged(application: Application, by: Actor, at: datetime) -> None:
    if application.grid_upgrades.filter(cleared_at__isnull=True).exists():
        raise Refused(_("已经登记电网升级受限；计划有变请“变更计划完成时间”。"))


def _flagged(application: Application, by: Actor, at: datetime) -> None:
    if not application.grid_upgrades.filter(cleared_at__isnull=True).exists():
        raise Refused(_("该申请没有登记电网升级受限。"))


def _unclaimed(application: Application, by: Actor, at: datetime) -> None:
    if application.manager_id == by.pk:
        raise Refused(_("该申请已由您负责。"))
    if application.manager_id is not None and by.role != Role.SUPERVISOR:
        raise Refused(_("该申请已有客户经理负责，如需调整请由班组长分派。"))


RULES: dict[str, Rule] = {
    "return_for_supplement": _told_once,
    "start_design": _needs_design_review,
    "start_construction": _builds_without_review,
    "report_mid_inspection": _mid_inspection_due,
    "report_completion": _mid_inspection_done,
    "sign_contract": _contract_ready,
    "expire_plan": _plan_overdue,
    "confirm_plan": _plan_valid,
    "object_plan": _plan_valid,
    "extend_plan": _plan_extendable,
    "set_external_line": _line_undecided,
    "wait_for_permit": _permit_possible,
    "receive_permit": _permit_pending,
    "flag_grid_upgrade": _not_yet_flagged,
    "change_upgrade_date": _flagged,
    "clear_grid_upgrade": _flagged,
    "claim": _unclaimed,
}

STALE = gettext_lazy("这份申请刚刚由%(who)s办理了“%(act)s”，请看过最新情况再办理。")
