"""Staff set up a second factor before they see anything, and stay while they work."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from portal.accounts import idleness
from portal.accounts.models import User
from portal.accounts.services import tokens

# Where a person on the way to a second factor has to be let through.
OPEN_PATHS = (
    *("/staff/", "/sign-out/", "/static/", "/healthz/"),
    *("/large-type/", "/language/"),
)


# These pages need nobody: a session that is over ends without a word.
SIGN_PATHS = ("/staff/sign-in/", "/sign-in/", "/sign-out/")


def idle_sessions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sign out staff who did nothing for STAFF_IDLE_MINUTES, and say so.

    A page that asks by itself gets a stranger's answer, and the session stays for the
    person who comes back to hear what happened.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        at = timezone.now().timestamp()  # noqa: TID251 an edge
        over = idleness.is_over(request.session, at=at)
        by_itself = idleness.by_itself(request)
        if over and by_itself:
            request.user = AnonymousUser()
        elif over:
            logout(request)
            if request.path not in SIGN_PATHS:
                return redirect(idleness.way_back(request))
        elif idleness.USED_AT in request.session and not by_itself:
            idleness.note(request.session, at=at)
        return get_response(request)

    return middleware


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no cache keep what somebody who is signed in was shown.

    A view that says for itself how it may be kept is believed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send staff without TOTP to its set-up page, where STAFF_MFA_REQUIRED."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _must_set_up(request):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_set_up(request: HttpRequest) -> bool:
    if request.path.startswith(OPEN_PATHS):
        return False
    user = request.user
    return isinstance(user, User) and tokens.lacks_second_factor(user)
