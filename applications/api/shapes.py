"""What the API takes and gives."""

from typing import Any

from rest_framework import serializers

from applications.classification import ApplicantKind, Voltage
from applications.identity import IdType
from applications.lifecycle import Phase, Status, Turn
from applications.models import Application
from applications.services.filing import Need, Person, Site
from sla.ground.api import Strict
from sla.vocabulary import ClockState, Level, Stage, UserType


class Filing(Strict):
    """All answers of an application; the user type follows from them."""

    kind = serializers.ChoiceField(choices=ApplicantKind.choices, help_text="谁用电")
    purpose = serializers.CharField(max_length=100, help_text="用途")
    capacity_kw = serializers.DecimalField(
        max_digits=10, decimal_places=1, help_text="申请容量，千瓦"
    )
    sources = serializers.ChoiceField(choices=[1, 2], default=1, help_text="电源路数")
    voltage = serializers.ChoiceField(
        choices=Voltage.choices, default="", allow_blank=True, help_text="不填则建议"
    )
    region = serializers.RegexField(r"^\d{6}$", help_text="所在区，GB/T 2260")
    address = serializers.CharField(max_length=200)
    name = serializers.CharField(max_length=100)
    id_type = serializers.ChoiceField(choices=IdType.choices)
    id_number = serializers.CharField(max_length=40)
    contact_name = serializers.CharField(max_length=50)
    phone = serializers.CharField(max_length=30)
    is_agent = serializers.BooleanField(default=False)
    promised_documents = serializers.ListField(
        child=serializers.CharField(), default=list, help_text="承诺后补的材料种类"
    )

    def need(self) -> Need:
        """Return the answers about the electricity."""
        asked = self.validated_data
        names = ("kind", "purpose", "capacity_kw", "sources", "voltage")
        return Need(**{name: asked[name] for name in names})

    def site(self) -> Site:
        """Return the answers about the place."""
        asked = self.validated_data
        return Site(asked["region"], asked["address"])

    def person(self) -> Person:
        """Return the answers about the applicant."""
        asked = self.validated_data
        names = ("name", "id_type", "id_number", "contact_name", "phone", "is_agent")
        return Person(**{name: asked[name] for name in names})


class Upload(Strict):
    """One paper of the checklist."""

    kind = serializers.CharField(max_length=40, help_text="材料种类，见办事清单")
    upload = serializers.FileField(help_text="PDF、JPEG 或 PNG，不超过 10MB")


class Clock(serializers.Serializer[Any]):
    """One clock of the application, as its pages show it."""

    id = serializers.IntegerField(source="pk")
    stage = serializers.ChoiceField(choices=Stage.choices)
    level = serializers.ChoiceField(choices=Level.choices)
    round = serializers.IntegerField(help_text="第几次（整改后重新报验为下一次）")
    state = serializers.ChoiceField(choices=ClockState.choices)
    title = serializers.CharField()
    sentence = serializers.CharField()
    started_at = serializers.DateTimeField()
    due_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    used = serializers.IntegerField()
    remaining = serializers.IntegerField()
    limit = serializers.IntegerField()
    unit = serializers.CharField()
    provisional = serializers.BooleanField()
    exempt = serializers.BooleanField(help_text="受限已报备")
    net_used = serializers.IntegerField(allow_null=True, help_text="不含申请人用时")


class Act(serializers.Serializer[Any]):
    """An act this person may do now."""

    action = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    allowed = serializers.BooleanField()
    reason = serializers.CharField(help_text="不能办理时的原因")


class EventShape(serializers.Serializer[Any]):
    """One step of the history, as this person may see it."""

    title = serializers.CharField()
    phase = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField()
    note = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())
    late = serializers.CharField(help_text="补录说明")


class Brief(serializers.ModelSerializer[Application]):
    """One line of a list."""

    region = serializers.CharField(source="region_id", allow_null=True)
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField(source="get_status_display")
    phase = serializers.ChoiceField(choices=Phase.choices)
    turn = serializers.ChoiceField(choices=Turn.choices)
    user_type = serializers.ChoiceField(choices=UserType.choices, allow_blank=True)
    key = serializers.UUIDField(source="submission_key")

    class Meta:
        model = Application
        fields = (
            "number",
            "key",
            "status",
            "status_label",
            "phase",
            "turn",
            "user_type",
            "region",
            "capacity_kw",
            "submitted_at",
            "last_seq",
        )
        read_only_fields = fields


class Whole(serializers.Serializer[Any]):
    """One application with its clocks, its history, and what may be done now."""

    number = serializers.CharField(allow_null=True)
    key = serializers.UUIDField()
    seen = serializers.IntegerField(help_text="办理时原样带回，防止基于旧页面办理")
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    phase = serializers.ChoiceField(choices=Phase.choices)
    turn = serializers.ChoiceField(choices=Turn.choices)
    user_type = serializers.CharField()
    capacity_kw = serializers.DecimalField(
        max_digits=10, decimal_places=1, allow_null=True
    )
    voltage = serializers.CharField()
    region = serializers.CharField(allow_null=True)
    address = serializers.CharField()
    applicant = serializers.CharField(help_text="脱敏")
    route = serializers.ListField(child=serializers.ChoiceField(choices=Stage.choices))
    submitted_at = serializers.DateTimeField(allow_null=True)
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="草稿提交前还缺什么"
    )
    clocks = Clock(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())
    actions = Act(many=True)
    history = EventShape(many=True)
