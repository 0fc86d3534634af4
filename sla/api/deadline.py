"""GET /api/v1/deadline/: when a number of working days is over, and why."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sla.engine import (
    Limit,
    Moment,
    Reckoning,
    UnknownRegion,
    Unreckonable,
    midnight,
    reckon,
)
from sla.services import calendars, policies
from sla.vocabulary import Unit
from sla.words import weekday

MOST_DAYS = 1000  # the ledger names each date: enough for any limit, not for a flood


class DeadlineView(APIView):
    """Reckon a deadline for anybody."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    class Question(serializers.Serializer[Any]):
        start = serializers.DateField(help_text="起始日（不计入），如 2026-09-30")
        days = serializers.IntegerField(
            min_value=1, max_value=MOST_DAYS, help_text="天数"
        )
        region = serializers.RegexField(
            r"^\d{6}$", required=False, help_text="GB/T 2260 区划代码；默认本市"
        )
        unit = serializers.ChoiceField(
            choices=[
                (Unit.WORKING_DAY.value, Unit.WORKING_DAY.label),
                (Unit.CALENDAR_DAY.value, Unit.CALENDAR_DAY.label),
            ],
            default=Unit.WORKING_DAY.value,
            help_text="工作日或日历日；默认工作日",
        )

    @extend_schema_serializer(component_name="DeadlineAnswer")
    class Answer(serializers.Serializer[Any]):
        class Day(serializers.Serializer[Any]):
            date = serializers.DateField()
            weekday = serializers.CharField()
            verdict = serializers.CharField(
                help_text="工作日、周末、法定节假日、调休上班"
            )
            counted = serializers.BooleanField()
            note = serializers.CharField(help_text="节日名称与通知文号")

        start = serializers.DateField()
        days = serializers.IntegerField()
        unit = serializers.CharField()
        region = serializers.CharField()
        due_on = serializers.DateField()
        due_at = serializers.DateTimeField(help_text="当日最后一刻，北京时间")
        provisional = serializers.BooleanField(help_text="放假安排未公布，日期暂定")
        official_until = serializers.DateField(help_text="官方放假安排覆盖到哪一天")
        ledger = Day(many=True, help_text="起始日之后逐日：计或不计，及理由")

    @extend_schema(
        operation_id="deadline",
        summary="推算到期日",
        parameters=[Question],
        responses=Answer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Answer with the due date and its day ledger."""
        question = self.Question(data=request.query_params)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        region = asked.get("region") or policies.home_region()
        try:
            result = reckon_from(region, asked["start"], asked["days"], asked["unit"])
        except UnknownRegion as refusal:
            raise serializers.ValidationError({"region": [str(refusal)]}) from refusal
        except Unreckonable as refusal:
            raise serializers.ValidationError({"start": [str(refusal)]}) from refusal
        return Response(self.Answer(told(region, result)).data)


def reckon_from(region: str, start: Any, days: int, unit: str) -> Reckoning:
    """Reckon a limit that starts on a Shanghai date, as seen at its first moment."""
    at = midnight(start)
    calendar = calendars.calendar_for(region)
    return reckon(Limit(days, unit), [Moment(at, "start")], calendar, at)


def told(region: str, result: Reckoning) -> dict[str, Any]:
    """Arrange a reckoning as the answer shows it."""
    return {
        "start": result.started_on,
        "days": result.limit.value,
        "unit": result.limit.unit,
        "region": region,
        "due_on": result.due_on,
        "due_at": result.due_at,
        "provisional": result.provisional,
        "official_until": result.calendar.official_until,
        "ledger": [
            {
                "date": entry.date,
                "weekday": weekday(entry.date),
                "verdict": entry.verdict,
                "counted": entry.counted,
                "note": entry.note,
            }
            for entry in result.ledger
        ],
    }
