"""Staff come in by user name and password, and everybody goes out."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.forms import StaffSignInForm
from portal.accounts.landing import landing_for, next_path
from portal.accounts.models import User


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Let staff in; the second factor, where there is one, is asked next."""
    wanted = next_path(request)
    if isinstance(request.user, User) and request.method == "GET" and not wanted:
        return redirect(landing_for(request.user.role))
    form = StaffSignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        response: HttpResponse = perform_login(
            request, user, redirect_url=wanted or landing_for(user.role)
        )
        return response
    context = {"form": form, "next": wanted}
    return render(request, "account/staff_sign_in.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/")


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: object
) -> HttpResponse:
    """Answer 429 after too many wrong passwords, with when to come back."""
    seconds = int(settings.AXES_COOLOFF_TIME * 3600)
    context = {"minutes": seconds // 60}
    page = render(request, "account/locked_out.html", context, status=429)
    page["Retry-After"] = str(seconds)
    return page
