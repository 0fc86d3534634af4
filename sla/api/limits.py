"""GET /api/v1/limits/: the limits in force in a region on a day, with their source."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sla.engine import UnknownRegion, day_of
from sla.services import policies


class LimitsView(APIView):
    """Publish limits and promises."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    class Question(serializers.Serializer[Any]):
        region = serializers.RegexField(
            r"^\d{6}$", required=False, help_text="GB/T 2260 区划代码；默认本市"
        )
        on = serializers.DateField(required=False, help_text="哪一天有效；默认今天")

    @extend_schema_serializer(component_name="LimitsAnswer")
    class Answer(serializers.Serializer[Any]):
        class Row(serializers.Serializer[Any]):
            user_type = serializers.CharField()
            user_type_label = serializers.CharField(source="get_user_type_display")
            stage = serializers.CharField()
            stage_label = serializers.CharField(source="get_stage_display")
            level = serializers.CharField(source="policy.level")
            level_label = serializers.CharField(source="policy.get_level_display")
            value = serializers.IntegerField()
            unit = serializers.CharField()
            unit_label = serializers.CharField(source="get_unit_display")
            measure = serializers.CharField(help_text="合计的口径；单个环节为空")
            note = serializers.CharField()
            title = serializers.CharField(source="policy.title")
            document = serializers.CharField(source="policy.source")
            clause = serializers.SerializerMethodField()
            valid_from = serializers.DateField(source="policy.valid_from")
            valid_to = serializers.DateField(source="policy.valid_to", allow_null=True)

            def get_clause(self, row: Any) -> str:
                return str(row.clause or row.policy.clause)

        class Promise(serializers.Serializer[Any]):
            title = serializers.CharField()
            document = serializers.CharField(source="source")
            commitments = serializers.SerializerMethodField()

            def get_commitments(self, policy: Any) -> list[str]:
                return list(policy.commitments.splitlines())

        region = serializers.CharField()
        on = serializers.DateField()
        limits = Row(many=True)
        promises = Promise(many=True, help_text="不构成单件时限的承诺")

    @extend_schema(
        operation_id="limits",
        summary="办电时限公示",
        parameters=[Question],
        responses=Answer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Answer with every limit in force, in the order of 附件2."""
        question = self.Question(data=request.query_params)
        question.is_valid(raise_exception=True)
        region = question.validated_data.get("region") or policies.home_region()
        today = day_of(timezone.now())
        on = question.validated_data.get("on") or today
        try:
            answer = {
                "region": region,
                "on": on,
                "limits": policies.in_force(region=region, on=on),
                "promises": policies.commitments_in_force(region=region, on=on),
            }
        except UnknownRegion as refusal:
            raise serializers.ValidationError({"region": [str(refusal)]}) from refusal
        return Response(self.Answer(answer).data)
