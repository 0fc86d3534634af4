"""The page of one ticket: where it stands, and each act allowed now with its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applications import permissions
from applications.admin.access import acts, ticket_or_404
from applications.admin.casefile import CaseFile
from applications.admin.listing import last_list
from applications.forms.act import LATE, ActForm
from applications.forms.acts import FORMS
from applications.lifecycle import ACTIONS
from applications.models import Application
from applications.selectors import cards
from applications.selectors.offers import Offer, offers
from applications.services.privacy import ACTION as REVEAL
from sla.admin.lookers import actor
from sla.ground.actors import Actor
from sla.ground.errors import OutOfOrder, Refused

URL = "admin:applications_application_change"
ACT_URL = "admin:applications_application_act"


@dataclass(frozen=True, slots=True)
class Desk:
    """The act that lies open on the page: its form, and what was answered to it."""

    action: str
    form: ActForm
    allowed: bool = True
    notice: str = ""

    @property
    def label(self) -> str:
        return str(ACTIONS[self.action].label)

    @property
    def danger(self) -> bool:
        return ACTIONS[self.action].danger

    @property
    def shown_fields(self) -> list[Any]:
        """Return what this act asks for; nothing where it is not due and nobody typed.

        The late entry is kept apart.
        """
        if not self.allowed and not self.form.is_bound:
            return []
        return [f for f in self.form.visible_fields() if f.name not in LATE]

    @property
    def late_fields(self) -> list[Any]:
        return [f for f in self.form.visible_fields() if f.name in LATE]

    @property
    def late_open(self) -> bool:
        """Tell whether something was typed or refused in the late entry."""
        return any(field.errors or field.value() for field in self.late_fields)


@require_GET
def show(request: HttpRequest, site: AdminSite, *, pk: int) -> HttpResponse:
    """Show a ticket within reach."""
    return page(request, site, ticket_or_404(request, pk))


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, site: AdminSite, *, pk: int, action: str) -> HttpResponse:
    """Open the form of one act, or perform it."""
    if action not in FORMS or action == REVEAL:
        raise Http404
    application = ticket_or_404(request, pk)
    if request.method == "POST":
        return _perform(request, site, application, action)
    by, at = actor(request), timezone.now()
    allowed, reason = permissions.can(action, application, by=by, at=at)
    form = FORMS[action](application=application)
    desk = Desk(action, form, allowed, reason)
    return page(request, site, application, desk=desk, status=200 if allowed else 403)


def _perform(
    request: HttpRequest, site: AdminSite, application: Application, action: str
) -> HttpResponse:
    by, at = actor(request), timezone.now()
    form = FORMS[action](request.POST, application=application)
    try:
        if by.role not in ACTIONS[action].who:
            permissions.require(action, application, by=by, at=at)
        if form.is_valid():
            form.perform(by=by, at=at)
            said = _("已办理“%(act)s”，申请现为“%(status)s”。")
            facts = {"act": ACTIONS[action].label, "status": application}
            facts["status"] = application.get_status_display()
            messages.success(request, said % facts)
            return redirect(URL, application.pk)
    except Refused as refusal:
        return _refused(request, site, application.pk, action, refusal)
    except ValidationError as error:
        form.take_back(error)
    return page(request, site, application, desk=Desk(action, form))


def _refused(
    request: HttpRequest, site: AdminSite, pk: int, action: str, refusal: Refused
) -> HttpResponse:
    """Show the ticket as it is now, the reason, and everything that was typed."""
    application = ticket_or_404(request, pk)
    by, at = actor(request), timezone.now()
    typed = request.POST.copy()
    typed["seen"] = str(application.last_seq)
    form = FORMS[action](typed, application=application)
    allowed, _reason = permissions.can(action, application, by=by, at=at)
    desk = Desk(action, form, allowed, refusal.reason)
    status = 409 if isinstance(refusal, OutOfOrder) else 403
    return page(request, site, application, desk=desk, status=status)


@require_POST
def reveal(request: HttpRequest, site: AdminSite, *, pk: int) -> HttpResponse:
    """Show identity and phone in full, once, after the reason was written down."""
    application = ticket_or_404(request, pk)
    form = FORMS[REVEAL](request.POST, application=application)
    try:
        if form.is_valid():
            form.perform(by=actor(request), at=timezone.now())
            return page(request, site, application, full=True)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return page(request, site, application, asked=form, status=403)
    except ValidationError as error:
        form.take_back(error)
    return page(request, site, application, asked=form)


def page(
    request: HttpRequest,
    site: AdminSite,
    application: Application,
    *,
    desk: Desk | None = None,
    asked: ActForm | None = None,
    full: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a ticket; ``full`` shows what is otherwise masked."""
    by, at = actor(request), timezone.now()
    file = CaseFile(application, by, at)
    context = {
        **site.each_context(request),
        **_acts(application, by=by, at=at),
        "title": application.number,
        "application": application,
        "key": application.pk,
        "act_url": ACT_URL,
        "page_url": URL,
        "list_url": last_list(request),
        "applicant": application.applicant,
        "file": file,
        "why": _why(request, file),
        "desk": desk,
        "full": full,
        "asked": asked
        or (FORMS[REVEAL](application=application) if acts(by) else None),
    }
    return TemplateResponse(request, "admin/ticket.html", context, status=status)


def _acts(application: Application, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Sort the acts offered: onward, beside the way, not now."""
    offered = [o for o in offers(application, by=by, at=at) if o.action != REVEAL]
    return {
        "onward": [o for o in offered if o.allowed and _moves(o)],
        "beside": [o for o in offered if o.allowed and not _moves(o)],
        "grey": [o for o in offered if not o.allowed],
        "acts": acts(by),
    }


def _moves(offer: Offer) -> bool:
    return ACTIONS[offer.action].target is not None


def _why(request: HttpRequest, file: CaseFile) -> cards.Why | None:
    """Return the reckoning of the clock asked for, if it is one of this ticket."""
    wanted = request.GET.get("why", "")
    if not wanted:
        return None
    found = [timed for timed in file.told.clocks if str(timed.clock.pk) == wanted]
    return cards.why(found[0]) if found else None
