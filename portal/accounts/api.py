"""A token for programs, given to whoever is signed in already."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.accounts.models import User
from portal.accounts.services import tokens


class TokenView(APIView):
    """Issue or withdraw the token; the session behind it passed every factor."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema_serializer(component_name="TokenAnswer")
    class Answer(serializers.Serializer[Any]):
        token = serializers.CharField()

    @extend_schema(
        operation_id="token_issue",
        summary="领取接口令牌（旧令牌作废）",
        request=None,
        responses={201: Answer},
    )
    def post(self, request: Request) -> Response:
        """Give a new token; the old one ends."""
        token = tokens.issue(signed_in(request), at=timezone.now())
        return Response({"token": token}, status=201)

    @extend_schema(
        operation_id="token_withdraw",
        summary="作废接口令牌",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        """End the token."""
        tokens.withdraw(signed_in(request))
        return Response(status=204)


def signed_in(request: Request) -> User:
    """Return who asks; every address here wants somebody."""
    assert isinstance(request.user, User)
    return request.user
