"""Staff without a second factor set one up before they see anything."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.accounts.models import User

# Where a person on the way to a second factor has to be let through.
OPEN_PATHS = ("/staff/", "/sign-out/", "/static/", "/healthz/", "/large-type/")


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send staff without TOTP to its set-up page, where STAFF_MFA_REQUIRED."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and _must_set_up(request):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_set_up(request: HttpRequest) -> bool:
    if request.path.startswith(OPEN_PATHS):
        return False
    user = request.user
    if not isinstance(user, User) or not user.is_person_of_staff:
        return False
    totp = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return not totp.exists()
