"""订阅停电通知: which place, which way, and for a phone the code that proves it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from outages.models import Subscription, Way
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.accounts.forms import CodeForm
from portal.accounts.models import SignInCode, User
from portal.accounts.services import codes
from portal.notices import browsers
from portal.subscriptions.forms import PlaceForm, WayForm
from portal.subscriptions.selectors import asked
from sla.ground import numbers
from sla.ground.clients import client_ip
from sla.ground.errors import Refused
from sla.ground.masking import mask_phone

ASKED = "subscription_asked"


@never_cache
@sensitive_post_parameters("phone", "browser", "url")
@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Find the place, then ask how to be told of it."""
    place = asked.place_of(request.GET.dict())
    if place is None:
        return _find(request)
    signed_in = isinstance(request.user, User)
    if request.method == "GET":
        form = WayForm(signed_in=signed_in, initial=_known_phone(request))
        return _show(request, place, form)
    form = WayForm(request.POST, signed_in=signed_in)
    if not form.is_valid():
        return _show(request, place, form)
    place = replace(place, label=form.cleaned_data["label"])
    return _take(request, place, form, timezone.now())


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code that proves the phone, then subscribe it."""
    code, place = _in_hand(request)
    if code is None or place is None:
        return redirect("subscriptions:subscribe")
    if request.method == "GET":
        return _show_code(request, CodeForm(), code, place)
    if "again" in request.POST:
        return _send(request, str(code.phone), place, timezone.now())
    return _confirm(request, code, place, timezone.now())


def _find(request: HttpRequest) -> HttpResponse:
    """Show the search for a place, and what it found."""
    searched = "q" in request.GET
    form = PlaceForm(request.GET if searched else None)
    found = asked.search(request.GET["q"]) if searched else asked.Found()
    named = {"premises", "account", "area"} & set(request.GET)
    if named and not searched:
        form = PlaceForm({})
        found = asked.Found(problem=_("没有找到您选的地址，请重新查找。"))
    if found.problem and form.is_valid():
        form.add_error("q", found.problem)
    user = request.user
    own = asked.own_accounts(user) if isinstance(user, User) else []
    context = {
        "form": form,
        "found": found,
        "own": own,
        "outage": numbers.normalise(request.GET.get("outage", ""), "TD") or "",
    }
    return render(request, "outages/subscribe_find.html", context)


def _known_phone(request: HttpRequest) -> dict[str, str]:
    user = request.user
    if isinstance(user, User) and user.phone_verified and user.phone:
        return {"phone": str(user.phone).removeprefix("+86")}
    return {}


def _take(
    request: HttpRequest, place: Place, form: WayForm, at: datetime
) -> HttpResponse:
    """Do what the chosen way needs; only a phone of one's own needs no code."""
    given = form.cleaned_data
    if given["way"] == Way.SMS and not _is_own(request, given["phone"]):
        return _send(request, given["phone"], place, at, form=form)
    try:
        return _subscribed(request, place, given, at)
    except Refused as refusal:
        return _show(request, place, form, problem=refusal.reason, status=403)


def _is_own(request: HttpRequest, phone: str) -> bool:
    user = request.user
    return isinstance(user, User) and user.phone_verified and user.phone == phone


def _subscribed(
    request: HttpRequest, place: Place, given: dict[str, Any], at: datetime
) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    way = given["way"]
    if way == Way.WEBHOOK:
        row, secret = subscribing.by_webhook(place, url=given["url"], user=user, at=at)
        context = {"row": row, "place": place, "secret": secret}
        return render(request, "outages/subscription_secret.html", context)
    if way == Way.WEB_PUSH:
        browser = given["browser"]
        row = subscribing.by_web_push(place, browser=browser, user=user, at=at)
    elif way == Way.IN_APP:
        row = subscribing.in_app(place, user=user, at=at)
    else:
        row = subscribing.by_sms(place, phone=given["phone"], user=user, at=at)
    return _done(row)


def _done(row: Subscription) -> HttpResponse:
    answer = redirect("subscriptions:one", token=row.token)
    answer["Location"] += "?new=1"
    return answer


def _send(
    request: HttpRequest,
    phone: str,
    place: Place,
    at: datetime,
    form: WayForm | None = None,
) -> HttpResponse:
    """Send a code and lead to its question; a fresh one is asked for again."""
    try:
        code = codes.request_code(phone=phone, ip=client_ip(request), at=at)
    except codes.TooSoon as refusal:
        code = refusal.code
    except codes.TooMany as refusal:
        form = form or WayForm(signed_in=isinstance(request.user, User))
        answer = _show(request, place, form, problem=str(refusal), status=429)
        answer["Retry-After"] = str(refusal.seconds)
        return answer
    request.session[ASKED] = {
        "code": code.pk,
        "place": asked.query_of(place),
        "label": place.label,
    }
    return redirect("subscriptions:confirm")


def _confirm(
    request: HttpRequest, code: SignInCode, place: Place, at: datetime
) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show_code(request, form, code, place)
    try:
        digits = form.cleaned_data["code"]
        phone = codes.confirm(code_id=code.pk, digits=digits, at=at)
    except codes.NotConfirmed as refusal:
        form.add_error("code", str(refusal))
        return _show_code(request, form, code, place)
    request.session.pop(ASKED)
    user = request.user if isinstance(request.user, User) else None
    try:
        return _done(subscribing.by_sms(place, phone=phone, user=user, at=at))
    except Refused as refusal:
        ways = WayForm(signed_in=user is not None)
        return _show(request, place, ways, problem=refusal.reason, status=403)


def _in_hand(request: HttpRequest) -> tuple[SignInCode | None, Place | None]:
    """Return the code this browser asked for, and the place it was asked for."""
    state = request.session.get(ASKED)
    if state is None:
        return None, None
    live = SignInCode.objects.live().filter(expires_at__gt=timezone.now())
    place = asked.place_named(state["place"])
    if place is not None:
        # Sessions from before places had labels go on.
        place = replace(place, label=state.get("label", ""))
    return live.filter(pk=state["code"]).first(), place


def _show(
    request: HttpRequest,
    place: Place,
    form: WayForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "place": place,
        "problem": problem,
        "push_key": browsers.public_key() if browsers.is_on() else "",
        "indirect": not place.transformer.direct_supplied,
    }
    return render(request, "outages/subscribe.html", context, status=status)


def _show_code(
    request: HttpRequest, form: CodeForm, code: SignInCode, place: Place
) -> HttpResponse:
    context = {"form": form, "place": place, "phone_shown": mask_phone(code.phone)}
    return render(request, "outages/subscribe_code.html", context)
