"""长者版: the same pages and data in large type."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.public.context import LARGE_TYPE_COOKIE

ONE_YEAR = 365 * 24 * 3600


@csrf_exempt  # It sets the size of letters, nothing else: pages stay free of a token.
@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Remember the size of letters and go back to the page the reader was on."""
    there = request.POST.get("next", "/")
    if not there.startswith("/") or not url_has_allowed_host_and_scheme(
        there, allowed_hosts=None
    ):
        there = "/"
    response = HttpResponseRedirect(there)
    if request.POST.get("on") == "1":
        response.set_cookie(
            LARGE_TYPE_COOKIE,
            "1",
            max_age=ONE_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(LARGE_TYPE_COOKIE, samesite="Lax")
    return response
