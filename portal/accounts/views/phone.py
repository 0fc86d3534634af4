"""Applicants come in by phone code: one address, two questions."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.forms import CodeForm, PhoneForm
from portal.accounts.landing import landing_for, next_path
from portal.accounts.models import SignInCode, User
from portal.accounts.services import codes, people
from sla.ground.clients import client_ip
from sla.ground.masking import mask_phone

STATE = "sign_in_code"


@never_cache
@sensitive_post_parameters("code", "phone")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone, then for its code, then let the person in."""
    if isinstance(request.user, User):
        return redirect(landing_for(request.user.role))
    if request.method == "GET":
        return _ask(request)
    if "code" in request.POST:
        return _confirm(request)
    if "again" in request.POST:
        return _send_again(request)
    return _request(request)


def _ask(request: HttpRequest) -> HttpResponse:
    """Show the question that is next; ``?restart`` goes back to the phone."""
    if "restart" in request.GET:
        request.session.pop(STATE, None)
    code = _code_in_hand(request)
    if code is None:
        return _show(request, PhoneForm())
    return _show(request, CodeForm(), code=code)


def _request(request: HttpRequest) -> HttpResponse:
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    return _send(request, form, form.cleaned_data["phone"])


def _send_again(request: HttpRequest) -> HttpResponse:
    code = _code_in_hand(request)
    if code is None:
        return _show(request, PhoneForm())
    return _send(request, CodeForm(), code.phone)


def _send(request: HttpRequest, form: PhoneForm | CodeForm, phone: str) -> HttpResponse:
    """Send a code and ask for it; known and unknown phones are answered alike."""
    at = timezone.now()
    try:
        sent = codes.request_code(phone=phone, ip=client_ip(request), at=at)
    except codes.TooSoon as refusal:
        request.session[STATE] = refusal.code.pk
        return _refuse(request, CodeForm(), refusal, code=refusal.code)
    except codes.TooMany as refusal:
        code = _code_in_hand(request) if isinstance(form, CodeForm) else None
        return _refuse(request, form, refusal, code=code)
    request.session[STATE] = sent.pk
    query = request.GET.urlencode()
    return redirect(f"/sign-in/?{query}" if query else "/sign-in/")


def _confirm(request: HttpRequest) -> HttpResponse:
    code = _code_in_hand(request)
    form = CodeForm(request.POST)
    if code is None:
        return _expired(request)
    if not form.is_valid():
        return _show(request, form, code=code)
    try:
        phone = codes.confirm(
            code_id=code.pk, digits=form.cleaned_data["code"], at=timezone.now()
        )
    except codes.NotConfirmed as refusal:
        form.add_error("code", str(refusal))
        return _show(request, form, code=code)
    return _let_in(request, phone)


def _let_in(request: HttpRequest, phone: str) -> HttpResponse:
    request.session.pop(STATE, None)
    user = people.applicant_with(phone=phone)
    form = PhoneForm()
    if user.is_person_of_staff:
        return _show(
            request, form, problem=_("该号码属于工作人员，请用用户名和密码登录。")
        )
    if not user.is_active:
        return _show(request, form, problem=_("该账号已停用，请拨打 95598。"))
    wanted = next_path(request)
    response: HttpResponse = perform_login(request, user, redirect_url=wanted or None)
    return response


def _expired(request: HttpRequest) -> HttpResponse:
    return _show(request, PhoneForm(), problem=_("验证码已失效，请重新获取。"))


def _refuse(
    request: HttpRequest,
    form: PhoneForm | CodeForm,
    refusal: codes.TooMany,
    *,
    code: SignInCode | None,
) -> HttpResponse:
    response = _show(request, form, code=code, problem=str(refusal))
    response.status_code = 429
    response["Retry-After"] = str(refusal.seconds)
    return response


def _code_in_hand(request: HttpRequest) -> SignInCode | None:
    """Return the code this browser asked for, while it can still be confirmed."""
    code_id = request.session.get(STATE)
    if code_id is None:
        return None
    live = SignInCode.objects.live().filter(expires_at__gt=timezone.now())
    return live.filter(pk=code_id).first()


def _show(
    request: HttpRequest,
    form: PhoneForm | CodeForm,
    *,
    code: SignInCode | None = None,
    problem: str = "",
) -> HttpResponse:
    """Show the question of the form; ``code`` is there when it asks for one."""
    context = {
        "form": form,
        "code": code,
        "phone_shown": mask_phone(code.phone) if code else "",
        "problem": problem,
        "next": next_path(request),
    }
    return render(request, "account/sign_in.html", context)
