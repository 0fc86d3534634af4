"""The lifecycle of an application: one table of statuses, one of acts.

``Application.status`` moves along ``ACTIONS`` only; whose turn it is and which clock of
附件2 runs follows from ``STATUSES``. The picture in ``docs/lifecycle.md`` is drawn from
these tables.
"""

from dataclasses import dataclass
from typing import TypedDict

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sla.ground.actors import Role
from sla.vocabulary import Stage


class Status(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待受理")
    RETURNED = "returned", _("待补正")
    ACCEPTED = "accepted", _("已受理，编制供电方案")
    REFUSED = "refused", _("不予受理")
    PLAN_REPLIED = "plan_replied", _("供电方案已答复")
    PLAN_OBJECTED = "plan_objected", _("对方案有异议")
    PLAN_CONFIRMED = "plan_confirmed", _("供电方案已确认")
    EXPIRED = "expired", _("供电方案已失效")
    DESIGNING = "designing", _("受电工程设计")
    DESIGN_REVIEW = "design_review", _("设计审查")
    CONSTRUCTING = "constructing", _("受电工程施工")
    MID_INSPECTION = "mid_inspection", _("中间检查")
    FINAL_INSPECTION = "final_inspection", _("竣工检验")
    RECTIFYING = "rectifying", _("整改")
    SIGNING = "signing", _("签订供用电合同")
    CONNECTING = "connecting", _("装表接电")
    ENERGISED = "energised", _("已送电")
    ARCHIVED = "archived", _("已归档")
    WITHDRAWN = "withdrawn", _("已撤回")


class Phase(TextChoices):
    """The four stretches of road that the applicant sees."""

    ACCEPTANCE = "acceptance", _("受理")
    PLAN = "plan", _("方案答复")
    VERIFICATION = "verification", _("验收")
    CONNECTION = "connection", _("装表接电")


class Turn(TextChoices):
    """Who has to move next; the utility's clocks run on its own turn only."""

    APPLICANT = "applicant", _("申请人")
    UTILITY = "utility", _("供电企业")
    GOVERNMENT = "government", _("行政审批部门")
    NOBODY = "nobody", _("无需办理")


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What follows from a status; ``stage`` names the clock that runs in it."""

    phase: Phase
    turn: Turn
    plain: str | Promise
    stage: Stage | None = None
    closed: bool = False


_A, _U, _N = Turn.APPLICANT, Turn.UTILITY, Turn.NOBODY

STATUSES: dict[Status, StatusFacts] = {
    Status.DRAFT: StatusFacts(
        Phase.ACCEPTANCE, _A, _("申请还没有提交，填好后请提交。")
    ),
    Status.SUBMITTED: StatusFacts(
        Phase.ACCEPTANCE, _U, _("供电企业正在审核您的申请。"), Stage.ACCEPTANCE
    ),
    Status.RETURNED: StatusFacts(
        Phase.ACCEPTANCE, _A, _("还缺少材料，请按清单一次补齐。")
    ),
    Status.ACCEPTED: StatusFacts(
        Phase.PLAN, _U, _("已经受理，供电企业正在编制供电方案。"), Stage.PLAN_REPLY
    ),
    Status.REFUSED: StatusFacts(
        Phase.ACCEPTANCE, _N, _("申请没有受理，原因见办理记录。"), closed=True
    ),
    Status.PLAN_REPLIED: StatusFacts(
        Phase.PLAN, _A, _("供电方案已经给您，请确认或提出异议。")
    ),
    Status.PLAN_OBJECTED: StatusFacts(
        Phase.PLAN, _U, _("已收到您的异议，供电企业将重新答复。"), Stage.PLAN_REPLY
    ),
    Status.PLAN_CONFIRMED: StatusFacts(Phase.PLAN, _A, _("方案已确认，请办理下一步。")),
    Status.EXPIRED: StatusFacts(
        Phase.PLAN, _N, _("供电方案超过有效期未确认，已失效。"), closed=True
    ),
    Status.DESIGNING: StatusFacts(
        Phase.VERIFICATION, _A, _("请委托设计单位完成设计后提交图纸。")
    ),
    Status.DESIGN_REVIEW: StatusFacts(
        Phase.VERIFICATION, _U, _("供电企业正在审查设计图纸。"), Stage.DESIGN_REVIEW
    ),
    Status.CONSTRUCTING: StatusFacts(
        Phase.VERIFICATION, _A, _("请组织施工，完成后在这里报验。")
    ),
    Status.MID_INSPECTION: StatusFacts(
        Phase.VERIFICATION, _U, _("供电企业正在检查隐蔽工程。"), Stage.MID_INSPECTION
    ),
    Status.FINAL_INSPECTION: StatusFacts(
        Phase.VERIFICATION, _U, _("供电企业正在进行竣工检验。"), Stage.FINAL_INSPECTION
    ),
    Status.RECTIFYING: StatusFacts(
        Phase.VERIFICATION, _A, _("检查发现问题，整改后请重新报验。")
    ),
    Status.SIGNING: StatusFacts(
        Phase.VERIFICATION, _A, _("检验合格，请签订供用电合同。")
    ),
    Status.CONNECTING: StatusFacts(
        Phase.CONNECTION, _U, _("供电企业正在安排装表接电。"), Stage.CONNECTION
    ),
    Status.ENERGISED: StatusFacts(Phase.CONNECTION, _N, _("已经送电，可以用电了。")),
    Status.ARCHIVED: StatusFacts(
        Phase.CONNECTION, _N, _("已经送电，资料已归档。"), closed=True
    ),
    Status.WITHDRAWN: StatusFacts(
        Phase.ACCEPTANCE, _N, _("申请已由您撤回。"), closed=True
    ),
}

# Filed and still under way: what may be withdrawn, supervised, reassigned.
OPEN_STATUSES = frozenset(
    status
    for status, facts in STATUSES.items()
    if not facts.closed and status not in {Status.DRAFT, Status.ENERGISED}
)
UTILITY_STATUSES = frozenset(
    status for status, facts in STATUSES.items() if facts.turn is Turn.UTILITY
)

_APPLICANT = frozenset({Role.APPLICANT})
_STAFF = frozenset({Role.MANAGER, Role.SUPERVISOR})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_SYSTEM = frozenset({Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """An act: who may do it, from where, to where (``None``: the status stays)."""

    label: str | Promise
    who: frozenset[Role]
    sources: frozenset[Status]
    target: Status | None
    danger: bool = False


def _act(
    label: str | Promise,
    who: frozenset[Role],
    sources: Status | frozenset[Status],
    target: Status | None = None,
    *,
    danger: bool = False,
) -> ActionFacts:
    origin = frozenset({sources}) if isinstance(sources, Status) else sources
    return ActionFacts(label, who, origin, target, danger)


_S = Status
_BUILDING = frozenset({_S.CONSTRUCTING, _S.RECTIFYING})

ACTIONS: dict[str, ActionFacts] = {
    # 受理
    "submit": _act(_("提交申请"), _APPLICANT, _S.DRAFT, _S.SUBMITTED),
    "supplement": _act(_("提交补正材料"), _APPLICANT, _S.RETURNED, _S.SUBMITTED),
    "accept": _act(_("受理"), _STAFF, _S.SUBMITTED, _S.ACCEPTED),
    "return_for_supplement": _act(
        _("一次性告知补正"), _STAFF, _S.SUBMITTED, _S.RETURNED
    ),
    "refuse": _act(_("不予受理"), _STAFF, _S.SUBMITTED, _S.REFUSED, danger=True),
    # 方案答复
    "reply_plan": _act(_("答复供电方案"), _STAFF, _S.ACCEPTED, _S.PLAN_REPLIED),
    "confirm_plan": _act(
        _("确认供电方案"), _APPLICANT, _S.PLAN_REPLIED, _S.PLAN_CONFIRMED
    ),
    "object_plan": _act(
        _("对方案提出异议"), _APPLICANT, _S.PLAN_REPLIED, _S.PLAN_OBJECTED
    ),
    "take_objection": _act(
        _("接收异议，重编方案"), _STAFF, _S.PLAN_OBJECTED, _S.ACCEPTED
    ),
    "expire_plan": _act(_("方案失效"), _SYSTEM, _S.PLAN_REPLIED, _S.EXPIRED),
    # 验收
    "start_design": _act(
        _("登记设计单位"), _APPLICANT, _S.PLAN_CONFIRMED, _S.DESIGNING
    ),
    "submit_design": _act(
        _("提交设计图纸"), _APPLICANT, _S.DESIGNING, _S.DESIGN_REVIEW
    ),
    "approve_design": _act(
        _("设计审查通过"), _STAFF, _S.DESIGN_REVIEW, _S.CONSTRUCTING
    ),
    "reject_design": _act(_("设计退回修改"), _STAFF, _S.DESIGN_REVIEW, _S.DESIGNING),
    "start_construction": _act(
        _("登记施工单位"), _APPLICANT, _S.PLAN_CONFIRMED, _S.CONSTRUCTING
    ),
    "report_mid_inspection": _act(
        _("报中间检查"), _APPLICANT, _BUILDING, _S.MID_INSPECTION
    ),
    "pass_mid_inspection": _act(
        _("中间检查合格"), _STAFF, _S.MID_INSPECTION, _S.CONSTRUCTING
    ),
    "fail_mid_inspection": _act(
        _("中间检查不合格"), _STAFF, _S.MID_INSPECTION, _S.RECTIFYING
    ),
    "report_completion": _act(
        _("竣工报验"), _APPLICANT, _BUILDING, _S.FINAL_INSPECTION
    ),
    "pass_final_inspection": _act(
        _("竣工检验合格"), _STAFF, _S.FINAL_INSPECTION, _S.SIGNING
    ),
    "fail_final_inspection": _act(
        _("竣工检验不合格"), _STAFF, _S.FINAL_INSPECTION, _S.RECTIFYING
    ),
    "sign_contract": _act(
        _("签订供用电合同"),
        _APPLICANT,
        frozenset({_S.PLAN_CONFIRMED, _S.SIGNING}),
        _S.CONNECTING,
    ),
    # 装表接电
    "energise": _act(_("装表送电"), _STAFF, _S.CONNECTING, _S.ENERGISED),
    "archive": _act(_("归档"), _STAFF, _S.ENERGISED, _S.ARCHIVED),
    "withdraw": _act(
        _("撤回申请"), _APPLICANT, OPEN_STATUSES, _S.WITHDRAWN, danger=True
    ),
    # Without a change of status
    "claim": _act(_("认领"), _STAFF, OPEN_STATUSES),
    "assign": _act(_("分派"), _SUPERVISOR, OPEN_STATUSES),
    "set_external_line": _act(
        _("认定电力外线工程"), _STAFF, frozenset({_S.SUBMITTED, _S.ACCEPTED})
    ),
    "wait_for_permit": _act(_("转行政审批"), _STAFF, UTILITY_STATUSES),
    "receive_permit": _act(_("行政审批办结"), _STAFF, UTILITY_STATUSES),
    "flag_grid_upgrade": _act(_("登记电网升级受限"), _STAFF, OPEN_STATUSES),
    "change_upgrade_date": _act(_("变更计划完成时间"), _STAFF, OPEN_STATUSES),
    "clear_grid_upgrade": _act(_("解除电网升级受限"), _STAFF, OPEN_STATUSES),
    "add_document": _act(
        _("补充材料"), _APPLICANT, OPEN_STATUSES | frozenset({_S.DRAFT})
    ),
    "extend_plan": _act(_("申请方案延期"), _APPLICANT, _S.PLAN_REPLIED),
    "note": _act(_("添加备注"), _STAFF, OPEN_STATUSES | frozenset({_S.ENERGISED})),
    # Reading what is masked is an act: it leaves its reason.
    "reveal": _act(_("查看完整信息"), _STAFF, frozenset(_S) - {_S.DRAFT}),
}


class Edge(TypedDict):
    """What django-fsm's ``transition`` takes."""

    source: list[str]
    target: str


def edge(action: str) -> Edge:
    """Return where an act leads from and to, for the transition of the same name."""
    facts = ACTIONS[action]
    assert facts.target is not None, action
    return {
        "source": sorted(status.value for status in facts.sources),
        "target": facts.target.value,
    }
