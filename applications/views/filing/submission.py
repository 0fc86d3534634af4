"""The last page, and the number one gets for it."""

import uuid

import segno
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications import catalogue
from applications.forms.filing import CheckForm
from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import review
from applications.selectors.outlook import outlook
from applications.services import filing
from applications.views.filing.steps import frame, own, step_url
from applications.views.tracking import viewer
from sla.ground.errors import Refused, Reused, Stale, TooOften

CODES = {TooOften: 429, Reused: 422, Stale: 409}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show every answer with its way back; submit once, however often it is pressed."""
    if request.method == "POST":
        return _submit(request, key)
    application = own(request, key)
    if application.status != Status.DRAFT:
        return redirect("filing:done", key=key)
    return _show(request, application, CheckForm())


def _submit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = viewer(request), timezone.now()
    seen = request.POST.get("fingerprint", "")
    try:
        filing.submit_own(key, by=by, at=at, fingerprint=seen)
    except Application.DoesNotExist as nobodys:
        raise Http404 from nobodys
    except Reused as refusal:
        return _show_filed(request, own(request, key), warning=refusal.reason)
    except Refused as refusal:
        return _refuse(request, own(request, key), refusal)
    except ValidationError as error:
        form = _with_errors(*error.messages)
        return _show(request, own(request, key), form)
    return redirect("filing:done", key=key)


def _refuse(request: HttpRequest, draft: Application, refusal: Refused) -> HttpResponse:
    status = CODES.get(type(refusal), 403)
    form = _with_errors(refusal.reason)
    response = _show(request, draft, form, status=status)
    if status == CODES[TooOften]:
        response["Retry-After"] = "3600"
    return response


def _with_errors(*sentences: str) -> CheckForm:
    form = CheckForm({})
    for sentence in sentences:
        form.add_error(None, sentence)
    return form


def _show(
    request: HttpRequest, draft: Application, form: CheckForm, *, status: int = 200
) -> HttpResponse:
    gaps = filing.gaps(draft)
    context = {
        **frame(request, draft, "check"),
        "form": form,
        "gaps": [(gap, step_url(draft, gap.step)) for gap in gaps],
        "groups": [
            (rows, f"{step_url(draft, name)}?then=check")
            for name, rows in review.answers(draft).items()
        ],
        "fingerprint": filing.fingerprint_of(draft),
        "consent": catalogue.read("consent")["text"],
        "outlook": None if gaps else outlook(draft, at=timezone.now()),
    }
    return render(request, "filing/check.html", context, status=status)


@never_cache
@login_required
@require_safe
def done(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the number, what happens next and until when; for ever at this address."""
    application = own(request, key)
    if application.status == Status.DRAFT:
        return redirect(step_url(application, "check"))
    return _show_filed(request, application)


def _show_filed(
    request: HttpRequest, application: Application, *, warning: str = ""
) -> HttpResponse:
    assert application.submitted_at is not None
    tracking = reverse("application", kwargs={"number": application.number})
    address = request.build_absolute_uri(tracking)
    context = {
        "application": application,
        "outlook": outlook(application, at=application.submitted_at),
        "tracking": tracking,
        "address": address,
        "qr": segno.make(address, micro=False).svg_data_uri(scale=4, border=2),
        "warning": warning,
    }
    status = 422 if warning else 200
    return render(request, "filing/done.html", context, status=status)
