"""Is the power out here, and how reliable is the supply."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from outages.api import shapes
from outages.models import Premises
from outages.selectors import answer, places, publication
from outages.selectors.answer import Answer


class PowerQuestion(serializers.Serializer[Any]):
    """Where: exactly one of the three."""

    account = serializers.CharField(required=False, max_length=30, help_text="户号")
    address = serializers.CharField(
        required=False, max_length=120, help_text="小区或地址"
    )
    place = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31, help_text="候选地址的 place"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(
                _("请在 account、address、place 中填写且只填写一个。")
            )
        return attrs


class Power(APIView):
    """Tell whether power is out at an address or a 户号."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="outages_power",
        summary="我家停电了吗",
        parameters=[PowerQuestion],
        responses=shapes.PowerAnswer,
    )
    def get(self, request: Request) -> Response:
        """Answer for the place; several that may be meant come back as candidates."""
        asked, at = PowerQuestion(data=request.query_params), timezone.now()
        asked.is_valid(raise_exception=True)
        found = _look(asked.validated_data, at)
        if isinstance(found, Answer):
            return Response(_told(found))
        nothing = {"out": [], "ahead": [], "recent": [], "place": "", "district": ""}
        words = _("有几处可能是您说的地方，请从 candidates 中选择。")
        told = {**nothing, "is_out": None, "sentence": words, "candidates": found}
        return Response(shapes.PowerAnswer(told, context={}).data)


def _look(asked: dict[str, Any], at: datetime) -> Answer | list[Premises]:
    if "account" in asked:
        account = places.find_account(asked["account"])
        if account is None:
            raise serializers.ValidationError({"account": [_("没有这个户号。")]})
        return answer.by_account(account, at=at)
    if "place" in asked:
        premises = answer.at_place(asked["place"])
        if premises is None:
            raise serializers.ValidationError({"place": [_("没有这个地址。")]})
        return answer.by_premises(premises, at=at)
    found = places.find_premises(asked["address"])
    if not found:
        raise serializers.ValidationError(
            {"address": [_("没有找到这个地址，请只填小区名或路名加门牌号。")]}
        )
    if len(found) == 1:
        return answer.by_premises(found[0], at=at)
    alike = answer.choices(found, at=at)
    one = answer.by_choice(alike[0].key, at=at) if len(alike) == 1 else None
    return one or found


def _told(found: Answer) -> dict[str, Any]:
    looked = found.power
    cuts = [*looked.out, *looked.ahead, *looked.recent]
    context = shapes.context([cut.outage for cut in cuts], looked.at)
    told = {
        "place": found.place,
        "district": found.district,
        "is_out": found.is_out,
        "sentence": found.sentence,
        "out": looked.out,
        "ahead": looked.ahead,
        "recent": looked.recent,
        "candidates": [],
    }
    return dict(shapes.PowerAnswer(told, context=context).data)


# -- Reliability -----------------------------------------------------------------------
class Reliability(APIView):
    """Publish a year's indices as they were frozen."""

    permission_classes = (AllowAny,)

    class Question(serializers.Serializer[Any]):
        year = serializers.IntegerField(
            required=False, min_value=2000, max_value=2100, help_text="默认最近一年"
        )

    class Answer(serializers.Serializer[Any]):
        class Region(serializers.Serializer[Any]):
            region = serializers.CharField(source="region_id")
            name = serializers.CharField(source="region.name")
            edition = serializers.IntegerField()
            published_at = serializers.DateTimeField()
            reason = serializers.CharField(help_text="更正原因")
            figures = serializers.JSONField(
                help_text="各级、各口径的指标和整数分子分母"
            )

        year = serializers.IntegerField(allow_null=True, help_text="还没有公布过的为空")
        regions = Region(many=True)

    @extend_schema(
        operation_id="outages_reliability",
        summary="供电可靠性（已公布）",
        parameters=[Question],
        responses=Answer,
    )
    def get(self, request: Request) -> Response:
        """Answer with the latest edition of a year."""
        asked = self.Question(data=request.query_params)
        asked.is_valid(raise_exception=True)
        year = asked.validated_data.get("year") or next(iter(publication.years()), None)
        rows = publication.latest(year) if year else []
        return Response(self.Answer({"year": year, "regions": rows}).data)
