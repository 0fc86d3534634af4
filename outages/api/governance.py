"""频繁停电: read one case, and work on it."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from outages.api import asking, shapes
from outages.api.bodies import Act
from outages.models import GovernanceCase
from outages.selectors import casebook, districts, governed
from outages.selectors.offers import offers
from outages.services import governance
from sla.ground.actors import Actor, Role
from sla.ground.api import JSONBody

# More lines and 台区 than are ever governed at once; open ones come first.
MOST_CASES = 1000
_LONG = 2000
_STAFF = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.REGULATOR})


class CasePlan(Act):
    """Say what will be done, until when, and who answers for it."""

    service = staticmethod(governance.plan)
    measures = serializers.CharField(max_length=_LONG, allow_blank=True)
    planned_on = serializers.DateField()
    responsible = serializers.CharField(max_length=150, help_text="责任人的用户名")

    def arguments(self, by: Actor) -> dict[str, Any]:
        told = dict(self.validated_data)
        people = get_user_model()._default_manager
        person = people.filter(username=told["responsible"]).first()
        if person is None:
            raise serializers.ValidationError({"responsible": [_("没有这个人。")]})
        return told | {"responsible": person}


class CaseStartWorks(Act):
    """Begin the works of the plan."""

    service = staticmethod(governance.start_works)
    note = serializers.CharField(max_length=_LONG, allow_blank=True, required=False)


class CaseFinishWorks(Act):
    """Finish the works."""

    service = staticmethod(governance.finish_works)
    note = serializers.CharField(max_length=_LONG, allow_blank=True, required=False)


class CaseInspect(Act):
    """Write down what was found on site."""

    service = staticmethod(governance.inspect)
    inspection = serializers.CharField(max_length=_LONG, allow_blank=True)
    passed = serializers.BooleanField()


class CaseClose(Act):
    """Close the case (销号)."""

    service = staticmethod(governance.close)
    note = serializers.CharField(max_length=_LONG, allow_blank=True, required=False)


class CaseNote(Act):
    """Add a remark."""

    service = staticmethod(governance.note)
    text = serializers.CharField(max_length=_LONG, allow_blank=True)


CASE_ACTS: dict[str, type[Act]] = {
    "plan": CasePlan,
    "start_works": CaseStartWorks,
    "finish_works": CaseFinishWorks,
    "inspect": CaseInspect,
    "close": CaseClose,
    "note": CaseNote,
}


class FrequentQuestion(serializers.Serializer[Any]):
    """Where."""

    district = serializers.RegexField(
        r"^\d{6}$", required=False, help_text="区，GB/T 2260"
    )

    def validate_district(self, code: str) -> str:
        if code not in districts.names():
            raise serializers.ValidationError(_("没有这个区，请核对区划代码。"))
        return code


class Frequent(APIView):
    """List what was cut too often, as the public page does."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="outages_frequent",
        summary="频繁停电公示",
        parameters=[FrequentQuestion],
        responses=shapes.FrequentCase(many=True),
    )
    def get(self, request: Request) -> Response:
        """Answer with open cases and those closed within a year."""
        asked, at = FrequentQuestion(data=request.query_params), timezone.now()
        asked.is_valid(raise_exception=True)
        cases = governed.public(at, district=asked.validated_data.get("district", ""))
        lines = governed.lines(cases[:MOST_CASES], at=at)
        return Response(shapes.FrequentCase(lines, many=True).data)


def _readable(viewer: Actor | None, at: datetime) -> QuerySet[GovernanceCase]:
    if viewer is not None and viewer.is_active and viewer.role in _STAFF:
        return governed.reach(viewer)
    return governed.public(at)


def whole(case: GovernanceCase, *, by: Actor | None, at: datetime) -> dict[str, Any]:
    """Return one case as this person may see it."""
    book = casebook.book(case, at=at)
    acts = offers(case, by=by, at=at) if by is not None else []
    told = {
        "line": book.line,
        "findings": book.findings,
        "steps": book.steps,
        "seen": case.last_seq,
        "allowed_actions": [
            act.action for act in acts if act.allowed and act.action in CASE_ACTS
        ],
        "actions": acts,
    }
    return dict(shapes.FrequentWhole(told).data)


class OneCase(APIView):
    """One case by its number."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="outages_frequent_read",
        summary="一条频繁停电治理",
        responses=shapes.FrequentWhole,
    )
    def get(self, request: Request, number: str) -> Response:
        """Answer with what was counted, what was done, and what may be done now."""
        who, at = asking.viewer(request), timezone.now()
        case = asking.one(_readable(who, at), number, "ZL")
        return Response(whole(case, by=who, at=at))


class CaseActs(APIView):
    """Act on one case: the rules and services of the desk."""

    parser_classes = (JSONBody,)

    @extend_schema(
        operation_id="outages_frequent_act",
        summary="办理一个治理事项",
        parameters=[
            OpenApiParameter(
                "action",
                location=OpenApiParameter.PATH,
                enum=list(CASE_ACTS),
                description="事项；当前可办的见 allowed_actions",
            )
        ],
        request=PolymorphicProxySerializer(
            component_name="CaseActBody",
            serializers=list(CASE_ACTS.values()),
            resource_type_field_name=None,
        ),
        responses=shapes.FrequentWhole,
    )
    def post(self, request: Request, number: str, action: str) -> Response:
        """Do the act, or say in one sentence why not."""
        who, at = asking.actor(request), timezone.now()
        case = asking.one(_readable(who, at), number, "ZL")
        asking.perform(case, action, CASE_ACTS, request, at)
        fresh = governed.cases().get(pk=case.pk)
        return Response(whole(fresh, by=who, at=at))
