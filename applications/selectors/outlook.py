"""What filing now would mean: the user type in plain words, and the promised dates."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import classification
from applications.classification import THREE_ZERO_TYPES
from applications.models import Application
from applications.services import filing
from sla.engine import (
    CalendarRangeError,
    Limit,
    Moment,
    day_of,
    midnight,
    reckon,
)
from sla.models import PolicyLimit
from sla.services import calendars, policies
from sla.vocabulary import Level, Stage, Unit, UserType
from sla.words import amount, run_on

# From whose moment the days of a step are counted.
WITHIN = {
    Stage.ACCEPTANCE: gettext_lazy("提交后 %s内"),
    Stage.PLAN_REPLY: gettext_lazy("受理后 %s内"),
    Stage.DESIGN_REVIEW: gettext_lazy("收到设计图纸后 %s内"),
    Stage.MID_INSPECTION: gettext_lazy("收到中间检查申请后 %s内"),
    Stage.FINAL_INSPECTION: gettext_lazy("收到竣工报验后 %s内"),
    Stage.CONNECTION: gettext_lazy("签订供用电合同后 %s内"),
    Stage.TOTAL: gettext_lazy("提交后 %s内"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One step: how long it may take, and by which day where that is known now."""

    title: str
    within: str
    due_on: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """The service somebody is entitled to, from a moment on."""

    user_type: UserType
    headline: str
    explained: str
    promises: list[Promise]
    source: str

    @property
    def provisional(self) -> bool:
        return any(promise.provisional for promise in self.promises)


class NoLimit(LookupError):
    """No policy in force sets a limit that the page would have to name."""


def outlook(application: Application, *, at: datetime) -> Outlook | None:
    """Return what submission at ``at`` would promise; the answers must be complete.

    None where no policy promises anything.
    """
    user_type = UserType(application.user_type or filing.user_type_of(application))
    try:
        if user_type in THREE_ZERO_TYPES:
            return _three_zero(application, user_type, at)
        return _by_steps(application, user_type, at)
    except NoLimit:
        return None


def _three_zero(application: Application, user_type: UserType, at: datetime) -> Outlook:
    whole = _limit(application, user_type, Stage.TOTAL, at)
    longer = _limit(application, UserType.THREE_ZERO_LINE, Stage.TOTAL, at)
    days = amount(whole.value, whole.unit)
    explained = _("“零上门、零审批、零投资”：不用跑腿、不用审批、不用出工程费。")
    if longer.value != whole.value:
        more = _("如果现场需要新架线路，全程不超过 %s，受理时会告诉您。")
        explained = run_on([explained, more % amount(longer.value, longer.unit)])
    return Outlook(
        user_type=user_type,
        headline=_("您属于“三零”服务，全程不超过 %s。") % days,
        explained=explained,
        promises=[_promise(application, _("通电"), whole, at)],
        source=_source(whole),
    )


def _by_steps(application: Application, user_type: UserType, at: datetime) -> Outlook:
    stages = classification.route(
        user_type,
        important=application.important,
        concealed_works=application.concealed_works,
    )
    limits = {stage: _limit(application, user_type, stage, at) for stage in stages}
    total = sum(limit.value for limit in limits.values())
    words = {
        "type": _plain_name(user_type),
        "total": amount(total, Unit.WORKING_DAY),
    }
    return Outlook(
        user_type=user_type,
        headline=_("您属于%(type)s，供电企业办理的时间合计不超过 %(total)s。") % words,
        explained=_("您自己准备、施工的时间不算在内。每一步各有期限："),
        promises=_chain(application, limits, at),
        source=_source(limits[Stage.ACCEPTANCE]),
    )


def _chain(
    application: Application, limits: dict[Stage, PolicyLimit], at: datetime
) -> list[Promise]:
    """Date what can be dated: acceptance, and the plan if accepted on the last day."""
    title = {stage: str(stage.label) for stage in limits}
    promises: list[Promise] = []
    for stage, limit in limits.items():
        if stage is Stage.ACCEPTANCE:
            start = at
        elif stage is Stage.PLAN_REPLY and promises[0].due_on is not None:
            start = midnight(promises[0].due_on)
        else:
            promises.append(Promise(title[stage], _within(limit)))
            continue
        promises.append(_promise(application, title[stage], limit, start))
    return promises


def _promise(
    application: Application, title: str, row: PolicyLimit, start: datetime
) -> Promise:
    within = _within(row)
    calendar = calendars.calendar_for(application.region_id or "")
    try:
        due = reckon(
            Limit(row.value, row.unit), [Moment(start, "start")], calendar, start
        )
    except CalendarRangeError:
        return Promise(title, within)
    return Promise(title, within, due.due_on, due.provisional)


def _within(row: PolicyLimit) -> str:
    """Say how long a step may take, and from when on."""
    return WITHIN[Stage(row.stage)] % amount(row.value, row.unit)


def _limit(
    application: Application, user_type: UserType, stage: Stage, at: datetime
) -> PolicyLimit:
    """Return the national limit: what regulators count, hence what is promised here."""
    rows = policies.limits_for(
        region=application.region_id or "",
        user_type=user_type,
        stage=stage,
        on=day_of(at),
    )
    for row in rows:
        if row.policy.level == Level.NATIONAL:
            return row
    raise NoLimit(user_type, stage)


def _plain_name(user_type: UserType) -> str:
    return {
        UserType.LOW_VOLTAGE: _("低压用户（380伏及以下）"),
        UserType.HIGH_VOLTAGE_SINGLE: _("高压用户（10千伏，一路电源）"),
        UserType.HIGH_VOLTAGE_DUAL: _("高压用户（10千伏，两路电源）"),
        UserType.EXTRA_HIGH_SINGLE: _("高压用户（35千伏及以上，一路电源）"),
        UserType.EXTRA_HIGH_DUAL: _("高压用户（35千伏及以上，两路电源）"),
    }[user_type]


def _source(row: PolicyLimit) -> str:
    return f"{row.policy.source} {row.clause or row.policy.clause}".strip()
