"""What every answer of the API has in common: one shape for every error."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from sla.ground.errors import OutOfOrder, Refused, Reused, TooOften

# What DRF says in its own words, said in ours.
SENTENCES: list[tuple[type[exceptions.APIException], str, str]] = [
    (exceptions.NotAuthenticated, "not_authenticated", "请先登录。"),
    (
        exceptions.AuthenticationFailed,
        "not_authenticated",
        "登录信息无效，请重新登录。",
    ),
    (exceptions.PermissionDenied, "forbidden", "没有权限。"),
    (exceptions.ParseError, "malformed", "请求内容无法解析，请检查JSON格式。"),
    (exceptions.MethodNotAllowed, "method_not_allowed", "这个地址不支持该请求方法。"),
    (exceptions.NotAcceptable, "not_acceptable", "只提供JSON格式。"),
    (exceptions.UnsupportedMediaType, "unsupported", "请求内容的类型不受支持。"),
    (exceptions.Throttled, "too_often", "请求过于频繁，请稍后再试。"),
]
REFUSALS: list[tuple[type[Refused], str, int]] = [
    (OutOfOrder, "conflict", status.HTTP_409_CONFLICT),
    (Reused, "key_reused", status.HTTP_422_UNPROCESSABLE_ENTITY),
    (TooOften, "too_often", status.HTTP_429_TOO_MANY_REQUESTS),
    (Refused, "forbidden", status.HTTP_403_FORBIDDEN),
]
# What has no class of its own above.
OTHERS = ("not_found", "forbidden", "invalid", "too_large", "fault")
ERROR = {
    "type": "object",
    "description": "出错时的统一格式：message是一句可以给人看的话，fields逐项说明。",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields"],
            "properties": {
                "code": {
                    "type": "string",
                    "enum": sorted(
                        {*OTHERS, *(row[1] for row in SENTENCES + REFUSALS)}
                    ),
                },
                "message": {"type": "string"},
                "fields": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "array",
                        "items": {"type": "string"},
                    },
                },
            },
        }
    },
}
METHODS = ("get", "post", "put", "patch", "delete")


def describe_errors(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Describe in the OpenAPI document how every operation says no."""
    result["components"]["schemas"]["Error"] = ERROR
    shape = {"schema": {"$ref": "#/components/schemas/Error"}}
    refusal = {"description": "办不成", "content": {"application/json": shape}}
    for operations in result["paths"].values():
        for method in METHODS:
            if method in operations:
                operations[method]["responses"]["4XX"] = refusal
    return result


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every refusal as ``{"error": {"code", "message", "fields"}}``, in Chinese.

    Unknown exceptions return None: they are faults, logged and answered with 500.
    """
    answer = _answer(error)
    if answer is not None:
        set_rollback()
    return answer


def _answer(error: Exception) -> Response | None:
    for kind, code, number in REFUSALS:
        if isinstance(error, kind):
            return _error(code, error.reason, number)
    if isinstance(error, Http404 | exceptions.NotFound):
        return _error("not_found", _("没有找到，或您无权查看。"), 404)
    if isinstance(error, PermissionDenied):
        return _error("forbidden", str(error) or _("没有权限。"), 403)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(_flat(error.detail), named=True)
    if isinstance(error, DjangoValidationError):
        return _invalid(_messages(error))
    if isinstance(error, RequestDataTooBig):
        return _error("too_large", _("请求内容过大，请分开提交。"), 413)
    return _in_our_words(error)


def _in_our_words(error: Exception) -> Response | None:
    for known, code, sentence in SENTENCES:
        if isinstance(error, known):
            asked = getattr(error, "auth_header", "")
            headers = {"WWW-Authenticate": asked} if asked else None
            return _error(code, _(sentence), error.status_code, headers=headers)
    return None


def _messages(error: DjangoValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {name: list(texts) for name, texts in error.message_dict.items()}
    return {"__all__": list(error.messages)}


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    if isinstance(detail, dict):
        flat: dict[str, list[str]] = {}
        for name, inner in detail.items():
            flat |= _flat(inner, f"{path}.{name}" if path else str(name))
        return flat
    texts = detail if isinstance(detail, list) else [detail]
    name = path.removesuffix("non_field_errors").rstrip(".") or "__all__"
    return {name: [str(text) for text in texts]}


def _invalid(fields: dict[str, list[str]], *, named: bool = False) -> Response:
    """Answer 400; ``named`` puts the field before a sentence that does not tell it."""
    name, texts = next(iter(fields.items()), ("__all__", [_("请检查填写的内容。")]))
    first = f"{name}：{texts[0]}" if named and name != "__all__" else texts[0]
    return _error("invalid", first, status.HTTP_400_BAD_REQUEST, fields=fields)


def _error(
    code: str,
    message: str,
    number: int,
    *,
    fields: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body = {"error": {"code": code, "message": message, "fields": fields or {}}}
    return Response(body, status=number, headers=headers)
