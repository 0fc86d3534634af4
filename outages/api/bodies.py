"""What each act over the API asks for: one body an act, handed to its service."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from outages import rules
from outages.models import Crew, Outage
from outages.selectors import reading
from outages.services import (
    announcing,
    arrears,
    drafting,
    judging,
    repairing,
    running,
)
from outages.services.drafting import Debt, Job
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind, ScopeLevel
from sla.ground import numbers
from sla.ground.actors import Actor
from sla.ground.api import Moment, Strict

MOST_PARTS = 5000
MOST_WORKS = 50
MOST_REMINDERS = 30
LONG, SHORT = 2000, 200


def _text(longest: int = SHORT, *, required: bool = True) -> serializers.CharField:
    """Return a text; what must not be empty is said by the service itself."""
    return serializers.CharField(
        max_length=longest, allow_blank=True, required=required
    )


def _moment(*, required: bool = False) -> Moment:
    return Moment(required=required, help_text="ISO 8601，须写明时区")


def _list(
    child: serializers.Field[Any, Any, Any, Any], most: int, *, required: bool = True
) -> serializers.ListField:
    return serializers.ListField(child=child, max_length=most, required=required)


class Part(Strict):
    """One part of the network."""

    level = serializers.ChoiceField(choices=ScopeLevel.choices)
    code = serializers.CharField(max_length=32, help_text="编码；户号层级填户号")


class OneWork(Strict):
    """One job done while the power is off."""

    content = serializers.CharField(max_length=200)
    unit = serializers.CharField(max_length=80, required=False, allow_blank=True)


class Owed(Strict):
    """What is owed, before a cut for arrears."""

    due_on = serializers.DateField(help_text="电费到期日")
    reminded_on = serializers.ListField(
        child=serializers.DateField(), default=list, max_length=MOST_REMINDERS
    )
    residential_compound = serializers.BooleanField(default=False)


class _Facts(Strict):
    """What a draft says."""

    scope = _list(Part(), MOST_PARTS)
    starts_at = _moment()
    ends_at = _moment()
    works = _list(OneWork(), MOST_WORKS, required=False)
    arrears = Owed(required=False)

    def facts(self) -> dict[str, Any]:
        """Return the facts as the services take them."""
        told = dict(self.validated_data)
        if "scope" in told:
            told["scope"] = [ScopePart(**part) for part in told["scope"]]
        if "works" in told:
            told["works"] = [Job(**work) for work in told["works"]]
        if "arrears" in told:
            owed = told["arrears"]
            told["arrears"] = Debt(**owed | {"reminded_on": tuple(owed["reminded_on"])})
        return told


_OF_FAULTS = ("began_at", "estimated_at")
_OF_PLANS = ("starts_at", "ends_at", "works", "arrears")


class OutageDraft(_Facts):
    """A new outage: planned ones are drafted, a fault is recorded as it happens."""

    kind = serializers.ChoiceField(choices=OutageKind.choices)
    reason = _text()
    began_at = _moment()
    estimated_at = _moment()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        fault = attrs["kind"] == OutageKind.FAULT
        wrong = [name for name in (_OF_PLANS if fault else _OF_FAULTS) if name in attrs]
        if wrong:
            said = (
                _("故障停电不填写这一项。") if fault else _("只有故障停电填写这一项。")
            )
            raise serializers.ValidationError({name: [said] for name in wrong})
        if fault and "began_at" not in attrs:
            raise serializers.ValidationError(
                {"began_at": [_("请填写故障停电的开始时间。")]}
            )
        return attrs

    def perform(self, *, by: Actor, at: datetime) -> Outage:
        """Draft or record; raises ValidationError and Refused."""
        told = self.facts()
        if told["kind"] == OutageKind.FAULT:
            del told["kind"]
            return running.record_fault(**told, by=by, at=at)
        return drafting.draft(**told, by=by, at=at)


class Act(Strict):
    """An act: its fields are the arguments of its service."""

    service: ClassVar[Callable[..., Any]]
    seen = serializers.IntegerField(
        required=False, min_value=0, help_text="读到的 seen；记录有变化时拒绝办理"
    )

    def arguments(self, by: Actor) -> dict[str, Any]:
        """Return the service's arguments."""
        return dict(self.validated_data)

    def perform(self, row: Any, *, by: Actor, at: datetime) -> None:
        """Do the act; raises ValidationError and Refused."""
        type(self).service(row, **self.arguments(by), by=by, at=at)


class OutageChange(_Facts, Act):
    """Change a draft; what is not given stays."""

    service = staticmethod(drafting.change)
    kind = serializers.ChoiceField(choices=OutageKind.choices, required=False)
    reason = _text(required=False)
    scope = _list(Part(), MOST_PARTS, required=False)

    def arguments(self, by: Actor) -> dict[str, Any]:
        return self.facts()


class OutageMerge(Act):
    """Let another draft's outage take the works of this one (一停多用)."""

    service = staticmethod(drafting.merge)
    into = serializers.CharField(max_length=40, help_text="并入的停电编号")
    starts_at = _moment()
    ends_at = _moment()

    def arguments(self, by: Actor) -> dict[str, Any]:
        told = dict(self.validated_data)
        return told | {"into": _outage(told["into"], "into", by)}


def _outage(text: str, field: str, by: Actor) -> Outage:
    number = numbers.normalise(text, drafting.PREFIX)
    found = reading.outages(by).filter(number=number).first() if number else None
    if found is None:
        raise serializers.ValidationError({field: [_("没有这个停电编号，请核对。")]})
    return found


def _act(name: str, service: Callable[..., Any], **fields: Any) -> type[Act]:
    """Return the body of an act whose fields are its service's arguments."""
    words = {"service": staticmethod(service), "__doc__": None, **fields}
    return type(name, (Act,), words)


OUTAGE_ACTS: dict[str, type[Act]] = {
    "change": OutageChange,
    "approve": _act(
        "OutageApprove", announcing.approve, note=_text(LONG, required=False)
    ),
    "send_back": _act("OutageSendBack", announcing.send_back, reason=_text()),
    "announce": _act(
        "OutageAnnounce", announcing.announce, late_reason=_text(required=False)
    ),
    "reschedule": _act(
        "OutageReschedule",
        announcing.reschedule,
        starts_at=_moment(required=True),
        ends_at=_moment(),
        reason=_text(),
        late_reason=_text(required=False),
    ),
    "begin": _act("OutageBegin", running.begin, began_at=_moment()),
    "estimate": _act(
        "OutageEstimate",
        running.estimate,
        estimated_at=_moment(required=True),
        reason=_text(required=False),
    ),
    "extend": _act(
        "OutageExtend", running.extend, ends_at=_moment(required=True), reason=_text()
    ),
    "restore_part": _act(
        "OutageRestorePart",
        running.restore_part,
        transformers=_list(serializers.CharField(max_length=32), MOST_PARTS),
        restored_at=_moment(),
    ),
    "restore": _act("OutageRestore", running.restore, restored_at=_moment()),
    "classify": _act(
        "OutageClassify",
        judging.classify,
        cause=serializers.ChoiceField(choices=sorted(rules.read("causes")["causes"])),
        evidence=_text(LONG, required=False),
    ),
    "confirm_exclusion": _act(
        "OutageConfirmExclusion",
        judging.confirm_exclusion,
        note=_text(LONG, required=False),
    ),
    "reject_exclusion": _act(
        "OutageRejectExclusion",
        judging.reject_exclusion,
        note=_text(LONG, required=False),
    ),
    "review": _act("OutageReview", judging.review, note=_text(LONG, required=False)),
    "cancel": _act("OutageCancel", announcing.cancel, reason=_text()),
    "merge": OutageMerge,
    "report_to_district": _act(
        "OutageReportToDistrict", arrears.report_to_district, reference=_text(80)
    ),
    "give_final_notice": _act(
        "OutageFinalNotice",
        arrears.give_final_notice,
        note=_text(LONG, required=False),
    ),
    "record_payment": _act("OutagePayment", arrears.record_payment, paid_at=_moment()),
    "note": _act("OutageNote", drafting.note, text=_text(LONG)),
}


# -- Repairs ---------------------------------------------------------------------------
class _Sending(Act):
    """An act that names a crew."""

    crew = serializers.CharField(max_length=60, help_text="班组名称")

    def arguments(self, by: Actor) -> dict[str, Any]:
        told = dict(self.validated_data)
        crew = Crew.objects.filter(name=told["crew"]).first()
        if crew is None:
            raise serializers.ValidationError({"crew": [_("没有这个抢修班组。")]})
        return told | {"crew": crew}


class RepairDispatch(_Sending):
    """Send a crew."""

    service = staticmethod(repairing.dispatch)
    estimated_at = _moment()


class RepairRedispatch(_Sending):
    """Send another crew."""

    service = staticmethod(repairing.redispatch)
    reason = _text(required=False)


class RepairLink(Act):
    """Say which outage this trouble belongs to."""

    service = staticmethod(repairing.link)
    outage = serializers.CharField(max_length=40, help_text="停电编号")

    def arguments(self, by: Actor) -> dict[str, Any]:
        told = dict(self.validated_data)
        return told | {"outage": _outage(told["outage"], "outage", by)}


REPAIR_ACTS: dict[str, type[Act]] = {
    "dispatch": RepairDispatch,
    "redispatch": RepairRedispatch,
    "arrive": _act("RepairArrive", repairing.arrive),
    "start_repair": _act("RepairStart", repairing.start_repair),
    "estimate": _act(
        "RepairEstimateBody",
        repairing.estimate,
        estimated_at=_moment(required=True),
        reason=_text(required=False),
    ),
    "link": RepairLink,
    "widen": _act("RepairWiden", repairing.widen),
    "restore": _act("RepairRestore", repairing.restore, outcome=_text(required=False)),
    "dismiss": _act("RepairDismiss", repairing.dismiss, reason=_text()),
    "close": _act("RepairClose", repairing.close, outcome=_text()),
    "note": _act("RepairNote", repairing.note, text=_text(LONG)),
}
