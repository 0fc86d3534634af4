"""What the API of outages gives."""

from collections.abc import Iterable
from typing import Any, ClassVar

from rest_framework import serializers

from outages.lifecycles import repair
from outages.models import Interruption, Outage, RepairOrder
from outages.selectors import sentences, shown


class OutageBrief(serializers.ModelSerializer[Outage]):
    """One outage in a list; moments with their offset, in Beijing time."""

    kind_label = serializers.CharField(source="get_kind_display")
    status_label = serializers.CharField(source="get_status_display")
    area = serializers.CharField(source="area_text", help_text="停电范围")
    districts = serializers.SerializerMethodField(help_text="涉及的区，GB/T 2260")
    sentence = serializers.SerializerMethodField(help_text="何时停、何时恢复、多久")

    class Meta:
        model = Outage
        fields: ClassVar[tuple[str, ...]] = (
            "number",
            "kind",
            "kind_label",
            "status",
            "status_label",
            "reason",
            "area",
            "districts",
            "households",
            "starts_at",
            "ends_at",
            "began_at",
            "estimated_at",
            "restored_at",
            "published_at",
            "late_notice",
            "late_reason",
            "cause",
            "exclusion",
            "sentence",
        )
        read_only_fields = fields

    def get_districts(self, outage: Outage) -> list[str]:
        return list(self.context["districts"].get(outage.pk, []))

    def get_sentence(self, outage: Outage) -> str:
        if outage.status in shown.PUBLIC_FACES:
            return sentences.when(outage, at=self.context["at"])
        return ""


def context(outages: Iterable[Outage], at: Any) -> dict[str, Any]:
    """Return what ``OutageBrief`` needs besides the rows themselves; one query."""
    rows = (
        Interruption.objects.filter(outage__in=list(outages))
        .order_by("region")
        .values_list("outage", "region")
        .distinct()
    )
    districts: dict[int, list[str]] = {}
    for outage, region in rows:
        districts.setdefault(outage, []).append(region)
    return {"districts": districts, "at": at}


class WorkShown(serializers.Serializer[Any]):
    """One job done while the power is off."""

    content = serializers.CharField()
    unit = serializers.CharField(help_text="施工单位")


class ScopeShown(serializers.Serializer[Any]):
    """One part of the network that the outage names; accounts are for staff alone."""

    level = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class AreaShown(serializers.Serializer[Any]):
    """What the outage does to one 台区."""

    code = serializers.CharField(source="transformer.code")
    name = serializers.CharField(source="transformer.name")
    region = serializers.CharField(source="region_id")
    households = serializers.IntegerField()
    whole = serializers.BooleanField(help_text="整个台区停电，不只是其中几户")
    began_at = serializers.DateTimeField(allow_null=True)
    restored_at = serializers.DateTimeField(allow_null=True)


class OutageStep(serializers.Serializer[Any]):
    """One step of what happened."""

    title = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    state = serializers.CharField(help_text="done、current 或 future")
    lines = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()
    promise = serializers.CharField()


class OutageOffer(serializers.Serializer[Any]):
    """An act of this lifecycle, and whether this person may do it now."""

    action = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    allowed = serializers.BooleanField()
    reason = serializers.CharField(help_text="不能办理时的原因")


class OutageWhole(OutageBrief):
    """One outage with its places and course, and what may be done now."""

    seen = serializers.IntegerField(
        source="last_seq", help_text="办理时原样带回，防止基于旧页面办理"
    )
    notice = serializers.CharField(source="told.notice", help_text="公告是否及时")
    works = WorkShown(source="told.works", many=True)
    scope = ScopeShown(source="told.scope", many=True)
    areas = AreaShown(source="told.areas", many=True, help_text="最多500个台区")
    areas_total = serializers.IntegerField(source="told.areas_total")
    timeline = OutageStep(source="told.timeline", many=True)
    allowed_actions = serializers.ListField(
        source="told.allowed_actions", child=serializers.CharField()
    )
    actions = OutageOffer(source="told.actions", many=True)

    class Meta(OutageBrief.Meta):
        fields: ClassVar[tuple[str, ...]] = (
            *OutageBrief.Meta.fields,
            "seen",
            "notice",
            "works",
            "scope",
            "areas",
            "areas_total",
            "timeline",
            "allowed_actions",
            "actions",
        )
        read_only_fields = fields


# -- Is the power out? -----------------------------------------------------------------
class CutShape(serializers.Serializer[Any]):
    """What one outage does at the place that was asked about."""

    outage = OutageBrief()
    began_at = serializers.DateTimeField(allow_null=True)
    restored_at = serializers.DateTimeField(allow_null=True)
    back_at = serializers.DateTimeField(allow_null=True, help_text="恢复或预计恢复")
    estimated = serializers.BooleanField(help_text="恢复时间是预计的")


class Candidate(serializers.Serializer[Any]):
    """An address that may be meant; ask again with its ``place``."""

    place = serializers.IntegerField(source="pk")
    address = serializers.CharField()
    compound = serializers.CharField()
    region = serializers.CharField(source="region_id")


class PowerAnswer(serializers.Serializer[Any]):
    """Whether power is out at a place; null while several places may be meant."""

    place = serializers.CharField()
    district = serializers.CharField()
    is_out = serializers.BooleanField(allow_null=True)
    sentence = serializers.CharField()
    out = CutShape(many=True)
    ahead = CutShape(many=True)
    recent = CutShape(many=True, help_text="最近7天恢复的")
    candidates = Candidate(many=True)


# -- 频繁停电 --------------------------------------------------------------------------
class FrequentCase(serializers.Serializer[Any]):
    """One line or 台区 that was cut too often."""

    number = serializers.CharField(source="case.number")
    level = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField(source="case.region_id")
    status = serializers.CharField(source="case.status")
    status_label = serializers.CharField(source="face.label")
    late = serializers.BooleanField(help_text="治理逾期")
    broken = serializers.ListField(child=serializers.CharField())
    now = serializers.CharField(help_text="今天的次数")
    opened_at = serializers.DateTimeField(source="case.opened_at")
    planned_on = serializers.DateField(source="case.planned_on", allow_null=True)
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    measures = serializers.CharField(source="case.measures")


class EvidenceShown(serializers.Serializer[Any]):
    """One outage that was counted, as it is judged now."""

    number = serializers.CharField()
    began_at = serializers.DateTimeField()
    restored_at = serializers.DateTimeField(allow_null=True)
    kind = serializers.CharField()
    reason = serializers.CharField()
    cause = serializers.CharField()
    standing = serializers.CharField()
    counts = serializers.BooleanField()


class FindingShown(serializers.Serializer[Any]):
    """One rule that was broken, with the outages in its window."""

    sentence = serializers.CharField()
    outages = EvidenceShown(many=True)


class FrequentWhole(serializers.Serializer[Any]):
    """One case: what was counted, what was done, and what may be done now."""

    case = FrequentCase(source="line")
    findings = FindingShown(many=True)
    steps = OutageStep(many=True)
    seen = serializers.IntegerField()
    allowed_actions = serializers.ListField(child=serializers.CharField())
    actions = OutageOffer(many=True)


# -- Repairs ---------------------------------------------------------------------------
class RepairLimit(serializers.Serializer[Any]):
    """One promise in minutes, in words."""

    title = serializers.CharField()
    sentence = serializers.CharField()
    tone = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class RepairEstimate(serializers.Serializer[Any]):
    """One word about when power is back."""

    given_at = serializers.DateTimeField()
    words = serializers.CharField()
    reason = serializers.CharField()


class ReportProgress(serializers.Serializer[Any]):
    """How far the repair is; nothing of who reported, or where exactly they live."""

    number = serializers.CharField(source="report.number")
    trouble = serializers.CharField(source="report.trouble")
    reported_at = serializers.DateTimeField(source="report.reported_at")
    headline = serializers.CharField()
    explanation = serializers.CharField()
    back = serializers.CharField(help_text="预计什么时候恢复")
    is_open = serializers.BooleanField()
    crew = serializers.CharField()
    outage = serializers.SerializerMethodField(help_text="关联的停电编号")
    steps = OutageStep(many=True)
    limits = RepairLimit(many=True)
    estimates = RepairEstimate(many=True)

    def get_outage(self, progress: Any) -> str:
        public = progress.outage and progress.outage.status in shown.PUBLIC_FACES
        return progress.outage.number if public else ""


class RepairShape(serializers.ModelSerializer[RepairOrder]):
    """One repair order, for those who work on it."""

    status = serializers.ChoiceField(choices=repair.Status.choices)
    status_label = serializers.CharField(source="get_status_display")
    trouble_label = serializers.CharField(source="get_trouble_display")
    region = serializers.CharField(source="region_id")
    crew = serializers.CharField(source="crew.name", default="")
    outage = serializers.CharField(source="outage.number", default="")

    class Meta:
        model = RepairOrder
        fields: ClassVar[tuple[str, ...]] = (
            "number",
            "status",
            "status_label",
            "trouble",
            "trouble_label",
            "region",
            "place",
            "area_class",
            "importance",
            "urgency",
            "crew",
            "outage",
            "reported_at",
            "dispatched_at",
            "arrived_at",
            "estimated_at",
            "restored_at",
            "closed_at",
            "outcome",
        )
        read_only_fields = fields


class RepairWhole(RepairShape):
    """One repair order and what may be done now."""

    seen = serializers.IntegerField(source="last_seq")
    allowed_actions = serializers.ListField(
        source="told.allowed_actions", child=serializers.CharField()
    )
    actions = OutageOffer(source="told.actions", many=True)

    class Meta(RepairShape.Meta):
        fields: ClassVar[tuple[str, ...]] = (
            *RepairShape.Meta.fields,
            "seen",
            "allowed_actions",
            "actions",
        )
        read_only_fields = fields
