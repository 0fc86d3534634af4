"""Report a fault and follow it; work on repair orders."""

from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from outages.api import asking, shapes
from outages.api.bodies import REPAIR_ACTS
from outages.lifecycles.repair import Status
from outages.models import FaultReport, Premises, RepairOrder
from outages.selectors import places, reading, repair_progress
from outages.services import reporting
from outages.vocabulary import Importance, Trouble
from sla.ground.actors import Actor
from sla.ground.api import JSONBody, NewestFirst, Strict
from sla.ground.clients import client_ip


class FaultBody(Strict):
    """What somebody reports, and how to reach them."""

    trouble = serializers.ChoiceField(choices=Trouble.choices)
    region = serializers.RegexField(
        r"^\d{6}$",
        required=False,
        help_text="所在区，GB/T 2260；给了 place_id 或 account 时可不填",
    )
    place = serializers.CharField(
        max_length=160, required=False, allow_blank=True, help_text="地点"
    )
    place_id = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31, help_text="power 给出的 place"
    )
    account = serializers.CharField(max_length=30, required=False, help_text="户号")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    importance = serializers.ChoiceField(
        choices=Importance.choices, default=Importance.ORDINARY
    )
    description = serializers.CharField(
        max_length=300, required=False, allow_blank=True
    )
    photo = serializers.FileField(required=False, help_text="仅 multipart 请求")

    def validate_account(self, text: str) -> Any:
        found = places.find_account(text)
        if found is None:
            raise serializers.ValidationError(_("没有这个户号，请核对或改填地址。"))
        return found

    def validate_place_id(self, key: int) -> Any:
        found = Premises.objects.filter(pk=key).first()
        if found is None:
            raise serializers.ValidationError(_("没有这个地址，请重新查询。"))
        return found

    def arguments(self) -> dict[str, Any]:
        """Return the report as the service takes it."""
        told = dict(self.validated_data)
        known = told.get("place_id") or told.get("account")
        if known is None and not told.get("region"):
            raise serializers.ValidationError({"region": [_("请填写所在区。")]})
        return {
            **{name: told[name] for name in told if name != "place_id"},
            "region": told.get("region", ""),
            "place": told.get("place", ""),
            "premises": told.get("place_id"),
        }


def _progress(report: FaultReport) -> dict[str, Any]:
    found = repair_progress.find(report.number)
    assert found is not None, "reports are kept"
    read = repair_progress.read(found, at=timezone.now())
    return dict(shapes.ReportProgress(read).data)


class FaultReports(APIView):
    """Take fault reports from anybody, signed in or not."""

    permission_classes = (AllowAny,)
    parser_classes = (JSONBody, MultiPartParser)

    @extend_schema(
        operation_id="outages_report",
        summary="报修",
        description="同一地点短时间内重复报修得到同一个编号；过于频繁的拒绝。",
        request={"application/json": FaultBody, "multipart/form-data": FaultBody},
        responses={201: shapes.ReportProgress},
    )
    def post(self, request: Request) -> Response:
        """Keep the report; the number is what it is followed by."""
        asked = FaultBody(data=request.data)
        asked.is_valid(raise_exception=True)
        report = reporting.report(
            **asked.arguments(),
            reporter=asking.viewer(request),
            client=client_ip(request._request),
            at=timezone.now(),
        )
        return Response(_progress(report), status=201)


class OneReport(APIView):
    """One report by its number."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="outages_report_read",
        summary="抢修进度",
        responses=shapes.ReportProgress,
    )
    def get(self, request: Request, number: str) -> Response:
        """Answer with steps, promises and estimates; nothing of who reported."""
        report = asking.one(FaultReport.objects.all(), number, "BX")
        return Response(_progress(report))


# -- Orders ----------------------------------------------------------------------------
class RepairFilters(serializers.Serializer[Any]):
    """Which orders are wanted."""

    status = serializers.ChoiceField(choices=Status.choices, required=False)
    region = serializers.RegexField(r"^\d{6}$", required=False)


class Repairs(ListAPIView[RepairOrder]):
    """List the orders this person works on."""

    serializer_class = shapes.RepairShape
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[RepairOrder]:
        asked = RepairFilters(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        found = reading.repairs(asking.actor(self.request))
        return found.filter(**asked.validated_data)

    @extend_schema(
        operation_id="repairs_list", summary="抢修单列表", parameters=[RepairFilters]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)


def whole(order: RepairOrder, *, by: Actor) -> dict[str, Any]:
    """Return one order and what this person may do with it now."""
    offered = asking.offers(order, REPAIR_ACTS, by=by, at=timezone.now())
    order.told = SimpleNamespace(  # type: ignore[attr-defined]
        allowed_actions=asking.allowed(offered), actions=offered
    )
    return dict(shapes.RepairWhole(order).data)


class OneRepair(APIView):
    """One order by its number."""

    @extend_schema(
        operation_id="repairs_read", summary="查看抢修单", responses=shapes.RepairWhole
    )
    def get(self, request: Request, number: str) -> Response:
        """Answer with the order and what may be done now."""
        who = asking.actor(request)
        return Response(whole(asking.one(reading.repairs(who), number, "QX"), by=who))


class RepairActs(APIView):
    """Act on one order: the rules and services of the dispatch desk."""

    parser_classes = (JSONBody,)

    @extend_schema(
        operation_id="repairs_act",
        summary="办理一个抢修事项",
        parameters=[
            OpenApiParameter(
                "action",
                location=OpenApiParameter.PATH,
                enum=list(REPAIR_ACTS),
                description="事项；当前可办的见 allowed_actions",
            )
        ],
        request=PolymorphicProxySerializer(
            component_name="RepairActBody",
            serializers=list(REPAIR_ACTS.values()),
            resource_type_field_name=None,
        ),
        responses=shapes.RepairWhole,
    )
    def post(self, request: Request, number: str, action: str) -> Response:
        """Do the act, or say in one sentence why not."""
        who = asking.actor(request)
        order = asking.one(reading.repairs(who), number, "QX")
        asking.perform(order, action, REPAIR_ACTS, request, timezone.now())
        fresh = reading.repairs(who).get(pk=order.pk)
        return Response(whole(fresh, by=who))
