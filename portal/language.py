"""Which language a page is in: Chinese, unless its reader chose another."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

PROGRAMS = "/api/"


def chosen_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show pages in the language that the reader chose with the button in the header.

    What a browser prefers (Accept-Language) has no say: two neighbours with one case
    see one page unless one of them asked for another.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = _language_of(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def _language_of(request: HttpRequest) -> str:
    """Return the reader's choice; programs are always answered in Chinese."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = chosen in dict(settings.LANGUAGES)
    if not known or request.path.startswith(PROGRAMS):
        return settings.LANGUAGE_CODE
    return chosen
