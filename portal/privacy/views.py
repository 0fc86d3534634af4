"""我的信息: what is kept about a person, a copy of it, another phone, and leaving."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.forms import CodeForm
from portal.accounts.models import User
from portal.accounts.services import codes
from portal.privacy import kept, proving
from portal.privacy.forms import CloseForm, NewPhoneForm
from portal.privacy.selectors import belongings
from portal.privacy.services import copying, leaving, moving
from portal.privacy.services.copying import COPIES_A_DAY
from sla.engine import day_of
from sla.ground.actors import Role
from sla.ground.errors import Refused, TooOften
from sla.ground.masking import mask_phone

OWN, NEW = "own_phone_code", "new_phone_code"
OWN_PAGE, NEW_PAGE = "privacy/code.html", "privacy/phone.html"
# What a proof is asked for; the first word of each address.
PURPOSES = {
    "copy": "my-data-copy",
    "phone": "my-data-phone",
    "close": "my-data-close",
}

View = Callable[[HttpRequest, User], HttpResponseBase]


def for_applicants(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let in who came by phone; accounts of staff are the operator's to keep."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User) or user.role != Role.APPLICANT or not user.phone:
            raise Refused(_("这里是申请人的个人信息；工作人员的账号请联系运维人员。"))
        return view(request, user)

    return guarded


def proved(purpose: str) -> Callable[[View], View]:
    """Send whoever proved nothing lately to prove it, and back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, user: User) -> HttpResponseBase:
            if proving.is_fresh(request, at=timezone.now()):
                return view(request, user)
            return redirect(f"{reverse('my-data-code')}?for={purpose}")

        return guarded

    return decorate


@require_safe
@for_applicants
def mine(request: HttpRequest, user: User) -> HttpResponse:
    """Tell what is kept, what for and how long."""
    counts = belongings.counts(user)
    groups = [(group, counts.get(group.key)) for group in kept.groups()]
    context = {"groups": groups, "phone": user.phone_masked}
    return render(request, "privacy/mine.html", context)


# -- Proving ---------------------------------------------------------------------------
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@for_applicants
def code(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for a code sent to the account's own phone, then go where it was needed."""
    purpose, at = request.GET.get("for", ""), timezone.now()
    if purpose not in PURPOSES:
        return redirect("my-data")
    question = proving.Question(request, OWN)
    if request.method == "GET":
        return _ask(request, question, CodeForm(), at, OWN_PAGE)
    if "code" not in request.POST:
        return _send(request, question, str(user.phone), CodeForm(), at, OWN_PAGE)
    form = CodeForm(request.POST)
    if question.answered(form, at=at) == user.phone:
        proving.note(request, at=at)
        return redirect(PURPOSES[purpose])
    return _ask(request, question, form, at, OWN_PAGE)


def _send(
    request: HttpRequest,
    question: proving.Question,
    phone: str,
    form: forms.Form,
    at: datetime,
    page: str,
) -> HttpResponse:
    """Send a code, then ask for it; over the limits, say when to come back."""
    try:
        question.ask(phone, at=at)
    except codes.TooMany as refusal:
        answer = _ask(request, question, form, at, page, str(refusal))
        answer.status_code = 429
        answer["Retry-After"] = str(refusal.seconds)
        return answer
    return redirect(request.get_full_path())


def _ask(
    request: HttpRequest,
    question: proving.Question,
    form: forms.Form,
    at: datetime,
    page: str,
    problem: str = "",
) -> HttpResponse:
    """Show a page with the code that is to be given back, if there is one."""
    asked = question.code(at=at)
    about_code = isinstance(form, CodeForm)
    if asked and not about_code:
        form = CodeForm()
    elif not asked and about_code:
        problem = problem or " ".join(map(str, form.errors.get("code", [])))
        form = NewPhoneForm()
    context = {
        "form": form,
        "code": asked,
        "phone_shown": mask_phone(asked.phone) if asked else "",
        "problem": problem,
    }
    return render(request, page, context)


# -- A copy ----------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@for_applicants
@proved("copy")
def copy(request: HttpRequest, user: User) -> HttpResponseBase:
    """Say what is in the copy; a POST hands it out."""
    if request.method == "GET":
        return render(request, "privacy/copy.html", {"most": COPIES_A_DAY})
    at = timezone.now()
    try:
        archive = copying.copy(user, at=at)
    except TooOften as refusal:
        context = {"most": COPIES_A_DAY, "problem": refusal.reason}
        return render(request, "privacy/copy.html", context, status=429)
    day = day_of(at).isoformat()
    name = f"我的信息-{day}.zip"
    return FileResponse(archive, as_attachment=True, filename=name)


# -- Another phone ---------------------------------------------------------------------
@sensitive_post_parameters("phone", "code")
@require_http_methods(["GET", "POST"])
@for_applicants
@proved("phone")
def phone(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for the new phone, then for the code sent there; ``?restart`` begins anew."""
    question, at = proving.Question(request, NEW), timezone.now()
    if "restart" in request.GET:
        question.drop()
        return redirect("my-data-phone")
    if request.method == "GET":
        return _ask(request, question, NewPhoneForm(), at, NEW_PAGE)
    asked = question.code(at=at)
    if "again" in request.POST and asked:
        return _send(request, question, str(asked.phone), CodeForm(), at, NEW_PAGE)
    if "code" in request.POST:
        return _move(request, user, question, at)
    form = NewPhoneForm(request.POST, now=str(user.phone))
    if form.is_valid():
        number = form.cleaned_data["phone"]
        return _send(request, question, number, form, at, NEW_PAGE)
    return _ask(request, question, form, at, NEW_PAGE)


def _move(
    request: HttpRequest, user: User, question: proving.Question, at: datetime
) -> HttpResponse:
    form = CodeForm(request.POST)
    number = question.answered(form, at=at)
    if not number:
        return _ask(request, question, form, at, NEW_PAGE)
    try:
        moving.move(user, phone=number, at=at)
    except Refused as refusal:
        return _ask(request, question, NewPhoneForm(), at, NEW_PAGE, refusal.reason)
    messages.success(request, _("手机号码已更换，以后请用新号码登录。"))
    return redirect("my-data")


# -- Leaving ---------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@for_applicants
@proved("close")
def close(request: HttpRequest, user: User) -> HttpResponse:
    """Say what ends and what stays; a POST that means it closes the account."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    try:
        leaving.require_closable(user)
        if form.is_valid():
            leaving.close(user, at=timezone.now())
            logout(request)
            return render(request, "privacy/closed.html")
    except Refused as refusal:
        context = {"refusal": refusal.reason}
        status = 409 if request.method == "POST" else 200
        return render(request, "privacy/close.html", context, status=status)
    filed = belongings.counts(user)["filed"]
    return render(request, "privacy/close.html", {"form": form, "filed": filed})
