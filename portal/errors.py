"""What Django itself refuses: pages for people, the one JSON shape for programs."""

from collections.abc import Callable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be understood."""
    if request.path.startswith(API):
        return _told("malformed", _("请求看不懂，请核对后重试。"), 400)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    if request.path.startswith(API):
        return _told("not_found", _("没有这个接口地址，请核对。"), 404)
    return defaults.page_not_found(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours; it is in the log."""
    if request.path.startswith(API):
        return _told("fault", _("服务出了问题，已记录，请稍后重试。"), 500)
    return defaults.server_error(request)


def told_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give a page to what may only be pressed, and was opened as an address.

    Django answers 405 with nothing at all; one gets there from a browser's history, or
    by signing in again after pressing a button.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def _told(code: str, message: str, number: int) -> HttpResponse:
    body = {"error": {"code": code, "message": message, "fields": {}}}
    return JsonResponse(body, status=number, json_dumps_params={"ensure_ascii": False})
