"""查进度: number and phone, then the code, then stage and dates."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from applications.selectors import progress
from portal.accounts.forms import CodeForm
from portal.accounts.models import SignInCode
from portal.accounts.services import codes
from portal.public import tracing
from portal.public.track_form import TrackForm
from sla.ground.clients import client_ip
from sla.ground.masking import mask_phone

ASKED, SHOWN = "tracking_asked", "tracking_shown"
SHOWN_FOR = timedelta(hours=1)


@never_cache
@sensitive_post_parameters("code", "phone")
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and phone, then for the code that proves the phone."""
    if "restart" in request.GET:
        request.session.pop(ASKED, None)
    if request.method == "GET":
        return _show(request, TrackForm(initial=request.GET.dict()))
    if "code" in request.POST:
        return _confirm(request, timezone.now())
    return _ask(request, timezone.now())


def _ask(request: HttpRequest, at: datetime) -> HttpResponse:
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    number, phone = form.cleaned_data["number"], form.cleaned_data["phone"]
    try:
        code = tracing.ask(number=number, phone=phone, ip=client_ip(request), at=at)
    except codes.TooSoon as refusal:
        # A code is on its way: the question that goes with it is the last one asked.
        request.session[ASKED] = {"code": refusal.code.pk, "number": number}
        return _refuse(request, CodeForm(), str(refusal), refusal.seconds)
    except (codes.TooMany, tracing.TooOften) as refusal:
        return _refuse(request, form, str(refusal), refusal.seconds)
    request.session[ASKED] = {"code": code.pk, "number": number}
    return redirect("public:track")


def _confirm(request: HttpRequest, at: datetime) -> HttpResponse:
    asked = request.session.get(ASKED)
    if asked is None:
        return _show(request, TrackForm(), _("验证码已失效，请重新查询。"))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    try:
        phone = codes.confirm(
            code_id=asked["code"], digits=form.cleaned_data["code"], at=at
        )
    except codes.NotConfirmed as refusal:
        form.add_error("code", str(refusal))
        return _show(request, form)
    return _open(request, asked["number"], phone, at)


def _open(request: HttpRequest, number: str, phone: str, at: datetime) -> HttpResponse:
    request.session.pop(ASKED)
    ip = client_ip(request)
    if tracing.find(number=number, phone=phone, ip=ip, at=at) is None:
        form = TrackForm(initial={"number": number})
        problem = _("没有找到与这个手机号相符的申请，请核对申请编号和登记的手机号。")
        return _show(request, form, problem)
    until = (at + SHOWN_FOR).isoformat()
    request.session[SHOWN] = {**request.session.get(SHOWN, {}), number: until}
    return redirect("public:tracked", number=number)


@never_cache
@require_safe
def tracked(request: HttpRequest, number: str) -> HttpResponse:
    """Show stage and dates of a number whose phone was proved within the hour."""
    at = timezone.now()
    until = request.session.get(SHOWN, {}).get(number, "")
    if not until or datetime.fromisoformat(until) < at:
        return redirect("public:track")
    application = Application.objects.filed().get(number=number)
    read = progress.read(application, at=at, viewer=None)
    context = {
        "application": application,
        "progress": read,
        "headline": read.headline,
    }
    return render(request, "tracking/public.html", context)


def _refuse(
    request: HttpRequest, form: TrackForm | CodeForm, problem: str, seconds: int
) -> HttpResponse:
    response = _show(request, form, problem)
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def _show(
    request: HttpRequest, form: TrackForm | CodeForm, problem: str = ""
) -> HttpResponse:
    asked = request.session.get(ASKED)
    code = SignInCode.objects.filter(pk=asked["code"]).first() if asked else None
    if code is not None and isinstance(form, TrackForm) and not form.is_bound:
        form = CodeForm()
    shown = mask_phone(code.phone) if code and isinstance(form, CodeForm) else ""
    context = {"form": form, "phone_shown": shown, "problem": problem}
    return render(request, "tracking/ask.html", context)
