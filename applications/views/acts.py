"""Pages on which an applicant acts: one act, one page, one form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import permissions
from applications.forms.acts import FORMS
from applications.forms.papers import PaperForm, PapersForm
from applications.lifecycle import ACTIONS
from applications.models import Application
from applications.selectors import act_pages, tracking
from applications.selectors.acts import WORDS
from applications.selectors.tracking import Tracking
from applications.views.tracking import viewer
from sla.ground.actors import Actor
from sla.ground.asking import Together
from sla.ground.errors import OutOfOrder, Refused


@dataclass(frozen=True)
class Desk:
    """What lies before a person who acts."""

    request: HttpRequest
    application: Application
    action: str
    by: Actor
    at: datetime

    def form(self, *args: Any, **kwargs: Any) -> Any:
        return FORMS[self.action](*args, application=self.application, **kwargs)

    def papers(self, *args: Any) -> PapersForm:
        kinds = act_pages.papers_asked(self.action, self.application)
        return PapersForm(
            *args, application=self.application, kinds=kinds, prefix="paper"
        )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Show the page of one act, and do it."""
    if action not in WORDS:
        raise Http404
    by = viewer(request)
    application = tracking.find(number, viewer=by)
    desk = Desk(request, application, action, by, timezone.now())
    try:
        if request.method == "POST":
            return _perform(desk)
        permissions.require(action, application, by=by, at=desk.at)
    except Refused as refusal:
        return _refused(desk, refusal)
    return _show(desk, desk.form(), desk.papers())


def _perform(desk: Desk) -> HttpResponse:
    """Keep the papers, then act; nothing is kept of a page that is out of date."""
    form = desk.form(desk.request.POST)
    papers = desk.papers(desk.request.POST, desk.request.FILES)
    if not (form.is_valid() and papers.is_valid()):
        return _show(desk, form, papers)
    if form.cleaned_data["seen"] in {None, desk.application.last_seq}:
        permissions.require(desk.action, desk.application, by=desk.by, at=desk.at)
        papers.store(by=desk.by, at=desk.at)
    if not papers.errors:
        try:
            form.perform(by=desk.by, at=desk.at)
        except ValidationError as error:
            put_back([form, papers], error)
    if papers.errors or form.errors:
        return _show(desk, form, papers)
    return _done(desk)


def put_back(forms: list[Form], error: ValidationError) -> None:
    """Show what a service refused beside the answers or papers it concerns."""
    if not hasattr(error, "error_dict"):
        forms[0].add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form = next((form for form in forms if name in form.fields), None)
        (form or forms[0]).add_error(name if form else None, errors)


def _done(desk: Desk) -> HttpResponse:
    messages.success(desk.request, str(WORDS[desk.action].done))
    return redirect("application", number=desk.application.number)


def _refused(desk: Desk, refusal: Refused) -> HttpResponse:
    """Say no: with the newest state, and with what was typed."""
    desk.application.refresh_from_db()
    seen = desk.request.POST.get("seen", "")
    if act_pages.done_already(desk.application, desk.action, by=desk.by, seen=seen):
        return _done(desk)
    code = 409 if isinstance(refusal, OutOfOrder) else 403
    typed = act_pages.typed(desk.form(), desk.request.POST)
    may, _reason = permissions.can(
        desk.action, desk.application, by=desk.by, at=desk.at
    )
    if may:
        initial = {name: text for name, _label, text in typed}
        form = desk.form(initial=initial)
        return _show(desk, form, desk.papers(), refusal=refusal.reason, status=code)
    context = _context(desk) | {"reason": refusal.reason, "typed": typed, "code": code}
    return render(desk.request, "tracking/refused.html", context, status=code)


def _show(
    desk: Desk, form: Form, papers: PapersForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = _context(desk) | {
        "form": Together([papers, form]),
        "fields": form,
        "papers": act_pages.paper_lines(desk.action, desk.application, papers),
        "plan": act_pages.plan_shown(desk.action, desk.application),
        "asked": act_pages.what_was_asked(desk.action, desk.application),
        "refusal": refusal,
    }
    return render(desk.request, "tracking/act.html", context, status=status)


def _context(desk: Desk) -> dict[str, Any]:
    read = act_pages.progress_of(desk.application, viewer=desk.by, at=desk.at)
    return {
        "application": desk.application,
        "action": desk.action,
        "facts": ACTIONS[desk.action],
        "words": WORDS[desk.action],
        "headline": read.headline,
        "progress": read,
    }


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Show the papers on file, and take one more."""
    by, at = viewer(request), timezone.now()
    application = tracking.find(number, viewer=by)
    may, reason = permissions.can("add_document", application, by=by, at=at)
    owed = bool(application.promised_documents)
    form = PaperForm(
        request.POST or None, request.FILES or None, application=application
    )
    if request.method == "POST" and may and form.is_valid():
        kept = form.store(by=by, at=at)
        if not form.errors:
            messages.success(request, _("已上传 %d 个文件。") % kept)
            application.refresh_from_db(fields=["promised_documents"])
            # The last paper that was waited for leads back to what comes next.
            here = application.promised_documents or not owed
            page = "application-papers" if here else "application"
            return redirect(page, number=application.number)
    context = {
        "page": Tracking(number, by, at, application),
        "form": form,
        "may": may,
        "reason": reason,
    }
    status = 403 if request.method == "POST" and not may else 200
    return render(request, "tracking/papers.html", context, status=status)
