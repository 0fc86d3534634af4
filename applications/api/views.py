"""File, follow and process applications over HTTP."""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
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
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from applications import catalogue
from applications.api import bodies, shapes
from applications.forms.acts import FORMS
from applications.lifecycle import Status
from applications.models import Application, ApplicationQuerySet
from applications.permissions import require
from applications.selectors import progress
from applications.selectors.offers import offers
from applications.services import documents, filing
from sla.ground import numbers
from sla.ground.actors import Actor
from sla.ground.api import JSONBody, NewestFirst
from sla.ground.errors import Reused
from sla.models import Clock
from sla.services import reckonings
from sla.vocabulary import UserType

KEY = OpenApiParameter(
    "Idempotency-Key",
    location=OpenApiParameter.HEADER,
    type=uuid.UUID,
    required=True,
    description="同一份申请重复提交时使用同一个编号（UUID），只会建立一份申请",
)
ANY_BODY = PolymorphicProxySerializer(
    component_name="ActBody",
    serializers=bodies.described_bodies,
    resource_type_field_name=None,
)


def actor(request: Request) -> Actor:
    """Return who asks; every address here wants somebody signed in."""
    assert request.user.is_authenticated
    return request.user


def find(request: Request, ref: str) -> Application:
    """Return what this person may see under a number or a draft's key, else 404."""
    visible = Application.objects.visible_to(actor(request)).select_related("applicant")
    number, key = numbers.normalise(ref), _key(ref)
    if number is not None:
        found = visible.filter(number=number).first()
    elif key is not None:
        found = visible.filter(submission_key=key).first()
    else:
        found = None
    if found is None:
        raise Http404
    return found


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def shown(application: Application, request: Request, at: datetime) -> dict[str, Any]:
    """Return the whole application as this person may see it."""
    seen = progress.read(application, at=at, viewer=actor(request))
    offered = offers(application, by=actor(request), at=at)
    draft = application.status == Status.DRAFT
    applicant = application.applicant
    whole = {
        "number": application.number,
        "key": application.submission_key,
        "seen": application.last_seq,
        "status": application.status,
        "status_label": application.get_status_display(),
        "phase": application.phase,
        "turn": application.turn,
        "user_type": application.user_type,
        "capacity_kw": application.capacity_kw,
        "voltage": application.voltage,
        "region": application.region_id,
        "address": application.address,
        "applicant": applicant.masked_name if applicant else "",
        "route": [] if draft else [stage.value for stage in application.route],
        "submitted_at": application.submitted_at,
        "missing": filing.missing(application) if draft else [],
        "clocks": seen.cards,
        "allowed_actions": [o.action for o in offered if o.allowed],
        "actions": offered,
        "history": [node for node in seen.timeline if node.state == "done"],
    }
    return shapes.Whole(whole).data


class Applications(ListAPIView[Application]):
    """List what this person may see; start a new application."""

    parser_classes = (JSONBody,)
    serializer_class = shapes.Brief
    pagination_class = NewestFirst

    class Filters(serializers.Serializer[Any]):
        status = serializers.ChoiceField(choices=Status.choices, required=False)
        user_type = serializers.ChoiceField(choices=UserType.choices, required=False)
        region = serializers.RegexField(r"^\d{6}$", required=False)

    def get_queryset(self) -> ApplicationQuerySet:
        asked = self.Filters(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        visible = Application.objects.visible_to(actor(self.request))
        names = {"status": "status", "user_type": "user_type", "region": "region_id"}
        wanted = {names[name]: value for name, value in asked.validated_data.items()}
        return visible.filter(**wanted)

    @extend_schema(
        operation_id="applications_list", summary="申请列表", parameters=[Filters]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="applications_start",
        summary="填写一份新装申请（草稿）",
        parameters=[KEY],
        request=shapes.Filing,
        responses={201: shapes.Whole, 200: shapes.Whole},
    )
    def post(self, request: Request) -> Response:
        """Keep all answers as a draft; the act ``submit`` files it."""
        key = _key(request.headers.get("Idempotency-Key", ""))
        if key is None:
            raise serializers.ValidationError(
                {"Idempotency-Key": [_("请在请求头中给出UUID格式的提交编号。")]}
            )
        asked = shapes.Filing(data=request.data)
        asked.is_valid(raise_exception=True)
        at = timezone.now()
        application = filing.start(by=actor(request), at=at, key=key)
        new = application.applicant is None and application.status == Status.DRAFT
        if new:
            new = self._fill(application, asked, request)
        if not new and not filing.holds(
            application,
            asked.need(),
            asked.site(),
            asked.person(),
            asked.validated_data["promised_documents"],
        ):
            raise Reused(_("这个提交编号已用于另一份内容不同的申请。"))
        return Response(shown(application, request, at), status=201 if new else 200)

    def _fill(
        self, application: Application, asked: shapes.Filing, request: Request
    ) -> bool:
        """Fill a fresh draft; False where the same key was quicker elsewhere."""
        try:
            return filing.fill(
                application,
                need=asked.need(),
                site=asked.site(),
                person=asked.person(),
                promised=asked.validated_data["promised_documents"],
                by=actor(request),
            )
        except ValidationError:
            filing.discard(application, by=actor(request), unless_filled=True)
            raise


class OneApplication(APIView):
    """One application, by its number or by the key of its draft."""

    @extend_schema(
        operation_id="applications_read", summary="查看申请", responses=shapes.Whole
    )
    def get(self, request: Request, ref: str) -> Response:
        """Answer with status, clocks, history and what may be done now."""
        return Response(shown(find(request, ref), request, timezone.now()))


class Documents(APIView):
    """Papers of one application."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="applications_add_document",
        summary="上传材料",
        request=shapes.Upload,
        responses={201: shapes.Whole},
    )
    def post(self, request: Request, ref: str) -> Response:
        """Keep one paper."""
        application = find(request, ref)
        asked = shapes.Upload(data=request.data)
        asked.is_valid(raise_exception=True)
        at = timezone.now()
        documents.add(application, by=actor(request), at=at, **asked.validated_data)
        return Response(shown(application, request, at), status=201)


class Acts(APIView):
    """Act on one application: the forms, rules and services of the pages."""

    parser_classes = (JSONBody,)

    @extend_schema(
        operation_id="applications_act",
        summary="办理一个事项",
        parameters=[
            OpenApiParameter(
                "action",
                location=OpenApiParameter.PATH,
                enum=["submit", *FORMS],
                description="事项；当前可办的见 allowed_actions。"
                "submit等于申请人按下“确认并提交申请”："
                + catalogue.read("consent")["text"],
            )
        ],
        request=ANY_BODY,
        responses=shapes.Whole,
    )
    def post(self, request: Request, ref: str, action: str) -> Response:
        """Do the act, or say in one sentence why not."""
        application, at = find(request, ref), timezone.now()
        if action == "submit":
            if application.status == Status.DRAFT:
                filing.require_pace(by=actor(request), at=at)
            filing.submit(application, by=actor(request), at=at)
        elif action in FORMS:
            require(action, application, by=actor(request), at=at)
            _perform(application, action, request, at)
        else:
            raise Http404
        return Response(shown(application, request, at))


def _perform(
    application: Application, action: str, request: Request, at: datetime
) -> None:
    form = FORMS[action](request.data, application=application)
    unknown = set(request.data) - set(form.fields)
    problems = {name: [_("没有这一项，请核对字段名。")] for name in sorted(unknown)}
    problems |= bodies.misfits(form.fields, request.data)
    if problems:
        raise serializers.ValidationError(problems)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    form.perform(by=actor(request), at=at)


class WhyThisDate(APIView):
    """Why a clock's due date is the date it is."""

    @extend_schema(
        operation_id="applications_why",
        summary="为什么是这一天",
        responses={200: {"type": "object", "additionalProperties": True}},
    )
    def get(self, request: Request, ref: str, clock: int) -> Response:
        """Answer with limit, source, day ledger and pauses."""
        application = find(request, ref)
        found = (
            Clock.objects.of(application.number or "")
            .select_related("policy_limit__policy__region")
            .filter(pk=clock)
            .first()
        )
        if found is None:
            raise Http404
        return Response(reckonings.explain(found, timezone.now()))
