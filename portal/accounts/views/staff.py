"""Staff come in by user name and password, and everybody goes out."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.forms import StaffSignInForm
from portal.accounts.idleness import IDLE, REASON, UNSENT
from portal.accounts.landing import landing_for, next_path
from portal.accounts.models import User

ENDED = {
    IDLE: _(
        "您超过%(minutes)s分钟没有操作，为保护用户信息，系统已自动退出。"
        "重新登录后回到刚才的页面；没有提交的内容不会保留，请重新填写。"
    ),
    UNSENT: _(
        "您超过%(minutes)s分钟没有操作，为保护用户信息，系统已自动退出："
        "刚才提交的内容没有办理，也没有保存。登录后回到原来的页面，请重新填写。"
    ),
}


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
    ended = ENDED.get(request.GET.get(REASON, ""))
    minutes = {"minutes": settings.STAFF_IDLE_MINUTES}
    context = {"form": form, "next": wanted, "ended": ended and ended % minutes}
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
