"""Read outages; draft them, and act on them."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from outages.api import asking, shapes
from outages.api.bodies import OUTAGE_ACTS, OutageDraft
from outages.lifecycles.outage import Status
from outages.models import Interruption, Outage, OutageScope
from outages.selectors import districts, places, reading, shown, story
from outages.vocabulary import OutageKind, ScopeLevel
from sla.ground.actors import Actor
from sla.ground.api import JSONBody, Moment, NewestFirst

AREAS_SHOWN = 500


class OutageFilters(serializers.Serializer[Any]):
    """Which outages are wanted; everything given must hold."""

    status = serializers.ChoiceField(choices=Status.choices, required=False)
    kind = serializers.ChoiceField(choices=OutageKind.choices, required=False)
    district = serializers.RegexField(
        r"^\d{6}$", required=False, help_text="区，GB/T 2260"
    )
    address = serializers.CharField(
        required=False, max_length=120, help_text="小区或地址"
    )
    account = serializers.CharField(required=False, max_length=30, help_text="户号")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "from" is a word of the language and cannot be an attribute.
        words = _("停电开始（未开始的按计划）；ISO 8601，须写明时区")
        return super().get_fields() | {
            "from": Moment(required=False, help_text=f"{words}，含"),
            "to": Moment(required=False, help_text=f"{words}，不含"),
        }

    def validate_district(self, code: str) -> str:
        if code not in districts.names():
            raise serializers.ValidationError(_("没有这个区，请核对区划代码。"))
        return code

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first, last = attrs.get("from"), attrs.get("to")
        if first and last and first >= last:
            raise serializers.ValidationError({"to": [_("“to”须晚于“from”。")]})
        return attrs

    def applied(self, outages: QuerySet[Outage]) -> QuerySet[Outage]:
        """Return what is wanted of these outages; raise ValidationError."""
        asked = self.validated_data
        exact = {name: asked[name] for name in ("status", "kind") if name in asked}
        kept = outages.filter(**exact).filter(_between(asked))
        kept = shown.in_district(kept, asked.get("district", ""))
        for areas, account in _named(asked):
            here = Interruption.objects.filter(
                outage=OuterRef("pk"), transformer__in=areas
            )
            named = Q(Exists(here.filter(whole=True)))
            if account is not None:
                scope = OutageScope.objects.filter(outage=OuterRef("pk"))
                named |= Q(Exists(scope.filter(account=account)))
            kept = kept.filter(named)
        return kept


def _between(asked: dict[str, Any]) -> Q:
    began, planned = Q(), Q()
    for name, lookup in (("from", "gte"), ("to", "lt")):
        if name in asked:
            began &= Q(**{f"began_at__{lookup}": asked[name]})
            planned &= Q(**{f"starts_at__{lookup}": asked[name]})
    return (began | (Q(began_at=None) & planned)) if began else Q()


def _named(asked: dict[str, Any]) -> list[tuple[list[int], int | None]]:
    """Return the areas that are meant by an address or a 户号, each named thing."""
    found: list[tuple[list[int], int | None]] = []
    if "address" in asked:
        premises = places.find_premises(asked["address"])
        if not premises:
            raise serializers.ValidationError(
                {"address": [_("没有找到这个地址，请只填小区名或路名加门牌号。")]}
            )
        found.append(([each.transformer_id for each in premises], None))
    if "account" in asked:
        account = places.find_account(asked["account"])
        if account is None:
            raise serializers.ValidationError({"account": [_("没有这个户号。")]})
        found.append(([account.transformer_id], account.pk))
    return found


def whole(outage: Outage, *, by: Actor | None, at: datetime) -> dict[str, Any]:
    """Return one outage as this person may see it; queries do not grow with it."""
    public = outage.status in shown.PUBLIC_FACES
    offered = asking.offers(outage, OUTAGE_ACTS, by=by, at=at)
    areas = Interruption.objects.filter(outage=outage).select_related("transformer")
    outage.told = SimpleNamespace(  # type: ignore[attr-defined]
        notice=story.notice(outage, at=at),
        works=list(outage.works.order_by("pk")),
        scope=_scope(outage, staff=bool(offered)),
        areas=list(areas.order_by("transformer__code")[:AREAS_SHOWN]),
        areas_total=areas.count(),
        timeline=story.timeline(outage, at=at) if public else [],
        allowed_actions=asking.allowed(offered),
        actions=offered,
    )
    context = shapes.context([outage], at)
    return dict(shapes.OutageWhole(outage, context=context).data)


def _scope(outage: Outage, *, staff: bool) -> list[dict[str, str]]:
    rows = OutageScope.objects.filter(outage=outage).select_related(
        "substation", "line", "transformer", "account"
    )
    if not staff:
        rows = rows.exclude(level=ScopeLevel.ACCOUNT)
    return [
        {
            "level": row.level,
            "code": getattr(row.part, "code", "") or str(row.part),
            "name": str(row.part),
        }
        for row in rows.order_by("pk")
    ]


class Outages(ListAPIView[Outage]):
    """List outages; draft one, or record a fault."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    parser_classes = (JSONBody,)
    serializer_class = shapes.OutageBrief
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="outages_list",
        summary="停电列表",
        description="未登录看到已公告和已发生的停电（不含欠费停电）；最新登记的在前。",
        parameters=[OutageFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = OutageFilters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = asked.applied(reading.outages(asking.viewer(request)))
        page = self.paginate_queryset(found)
        assert page is not None, "this list has pages"
        context = shapes.context(page, timezone.now())
        told = shapes.OutageBrief(page, many=True, context=context).data
        return self.get_paginated_response(told)

    @extend_schema(
        operation_id="outages_draft",
        summary="拟定停电，或登记故障停电",
        request=OutageDraft,
        responses={201: shapes.OutageWhole},
    )
    def post(self, request: Request) -> Response:
        """Draft an outage; a fault is recorded as it happens."""
        asked, at = OutageDraft(data=request.data), timezone.now()
        asked.is_valid(raise_exception=True)
        who = asking.actor(request)
        outage = asked.perform(by=who, at=at)
        return Response(whole(outage, by=who, at=at), status=201)


class OneOutage(APIView):
    """One outage by its number."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="outages_read", summary="查看停电", responses=shapes.OutageWhole
    )
    def get(self, request: Request, number: str) -> Response:
        """Answer with places, course, and what may be done now."""
        who = asking.viewer(request)
        outage = asking.one(reading.outages(who), number, "TD")
        return Response(whole(outage, by=who, at=timezone.now()))


class OutageActs(APIView):
    """Act on one outage: the rules and services of the desk."""

    parser_classes = (JSONBody,)

    @extend_schema(
        operation_id="outages_act",
        summary="办理一个停电事项",
        parameters=[
            OpenApiParameter(
                "action",
                location=OpenApiParameter.PATH,
                enum=list(OUTAGE_ACTS),
                description="事项；当前可办的见 allowed_actions",
            )
        ],
        request=PolymorphicProxySerializer(
            component_name="OutageActBody",
            serializers=list(OUTAGE_ACTS.values()),
            resource_type_field_name=None,
        ),
        responses=shapes.OutageWhole,
    )
    def post(self, request: Request, number: str, action: str) -> Response:
        """Do the act, or say in one sentence why not."""
        who, at = asking.actor(request), timezone.now()
        outage = asking.one(reading.outages(who), number, "TD")
        asking.perform(outage, action, OUTAGE_ACTS, request, at)
        outage = Outage.objects.get(pk=outage.pk)
        return Response(whole(outage, by=who, at=at))
