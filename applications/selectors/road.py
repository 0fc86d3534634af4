"""The road of one application: which steps it has, which lie ahead."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.lifecycle import STATUSES, Phase, Status, Turn
from applications.models import Application
from sla.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the status in which it is done, what it is called, whose it is."""

    status: Status
    title: str | Promise
    stage: Stage | None = None

    @property
    def phase(self) -> Phase:
        return STATUSES[self.status].phase

    @property
    def turn(self) -> Turn:
        return STATUSES[self.status].turn


_RECEIVE = Step(Status.SUBMITTED, _("业务受理"), Stage.ACCEPTANCE)
_PLAN = Step(Status.ACCEPTED, _("供电方案答复"), Stage.PLAN_REPLY)
_CONFIRM = Step(Status.PLAN_REPLIED, _("确认供电方案"))
_DESIGN = Step(Status.DESIGNING, _("委托设计"))
_REVIEW = Step(Status.DESIGN_REVIEW, _("设计审查"), Stage.DESIGN_REVIEW)
_BUILD = Step(Status.CONSTRUCTING, _("受电工程施工"))
_MID = Step(Status.MID_INSPECTION, _("中间检查"), Stage.MID_INSPECTION)
_FINAL = Step(Status.FINAL_INSPECTION, _("竣工检验"), Stage.FINAL_INSPECTION)
_SIGN = Step(Status.SIGNING, _("签订供用电合同"))
_SIGN_LOW = Step(Status.PLAN_CONFIRMED, _("签订供用电合同"))
_CONNECT = Step(Status.CONNECTING, _("装表接电"), Stage.CONNECTION)

# A status in which a step of another status is under way.
_WITHIN = {
    Status.RETURNED: Status.SUBMITTED,
    Status.PLAN_OBJECTED: Status.ACCEPTED,
    Status.RECTIFYING: Status.CONSTRUCTING,
}


def steps(application: Application) -> list[Step]:
    """Return every step this application goes through, in order."""
    if application.is_low_voltage:
        return [_RECEIVE, _PLAN, _CONFIRM, _SIGN_LOW, _CONNECT]
    route = application.route
    design = [_DESIGN, _REVIEW] if Stage.DESIGN_REVIEW in route else []
    mid = [_MID] if Stage.MID_INSPECTION in route else []
    built = [_BUILD, *mid, _FINAL, _SIGN, _CONNECT]
    return [_RECEIVE, _PLAN, _CONFIRM, *design, *built]


def now_and_ahead(application: Application) -> tuple[Step | None, list[Step]]:
    """Return the step under way and those that follow; neither once it is over."""
    if not application.is_open:
        return None, []
    every = steps(application)
    at = _position(application, every)
    ahead = every[at + 1 :]
    if application.mid_inspection_passed:
        ahead = [step for step in ahead if step is not _MID]
    return every[at], ahead


def _position(application: Application, every: list[Step]) -> int:
    status = Status(application.status)
    keys = [step.status for step in every]
    wanted = _WITHIN.get(status, status)
    if wanted in keys:
        return keys.index(wanted)
    # A confirmed plan of a high-voltage user: what comes next has not been begun.
    return keys.index(Status.PLAN_REPLIED) + 1


def phases(application: Application) -> list[Phase]:
    """Return the phases of the road; without works of the customer there is no 验收."""
    return list(dict.fromkeys(step.phase for step in steps(application)))
