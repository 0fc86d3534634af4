"""What somebody should know before beginning: papers to have at hand, and how long."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications import catalogue
from applications.classification import ApplicantKind
from sla.engine import day_of
from sla.models import PolicyLimit
from sla.services import policies
from sla.vocabulary import Level, Stage, UserType
from sla.words import amount


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of one kind of applicant; ``later`` may be handed in afterwards."""

    who: str
    now: list[str]
    later: list[str]


def papers() -> list[Papers]:
    """Return what to have at hand, by who applies."""
    rules = catalogue.read("documents")
    label = {kind: _(facts["label"]) for kind, facts in rules["kinds"].items()}
    return [
        Papers(
            who=str(ApplicantKind(kind).label),
            now=[label[line["kind"]] for line in lines if not line["deferrable"]],
            later=[label[line["kind"]] for line in lines if line["deferrable"]],
        )
        for kind, lines in rules["filing"].items()
    ]


@dataclass(frozen=True, slots=True)
class Time:
    """How long it takes for some; ``days`` as 5 个工作日."""

    who: str
    days: str
    note: str = ""


def limits(*, at: datetime) -> list[Time]:
    """Return how long it takes, from the limits in force in the city served."""
    whole, line = _total(UserType.THREE_ZERO, at), _total(UserType.THREE_ZERO_LINE, at)
    found = []
    if whole is not None:
        note = _("从提交到通电的全部时间")
        if line is not None:
            note += _("；要新架线路的不超过 %s") % _days(line)
        who = _("家庭、个体户和民营企业，160千瓦及以下")
        found.append(Time(who, _days(whole), note))
    for user_type, who in (
        (UserType.LOW_VOLTAGE, _("其他低压用户")),
        (UserType.HIGH_VOLTAGE_SINGLE, _("高压用户，一路电源")),
        (UserType.HIGH_VOLTAGE_DUAL, _("高压用户，两路电源")),
    ):
        total = _total(user_type, at)
        if total is not None:
            found.append(Time(who, _days(total), _("供电企业办理各环节的合计")))
    return found


def _total(user_type: UserType, at: datetime) -> PolicyLimit | None:
    rows = policies.limits_for(
        region=policies.home_region(),
        user_type=user_type,
        stage=Stage.TOTAL,
        on=day_of(at),
    )
    return next((row for row in rows if row.policy.level == Level.NATIONAL), None)


def _days(row: PolicyLimit) -> str:
    return amount(row.value, row.unit)
