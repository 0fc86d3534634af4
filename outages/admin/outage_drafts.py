"""Draft an outage, change its draft, record a fault: what is refused stays typed."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outages import permissions
from outages.admin.access import outage_or_404, require_keeper
from outages.forms.draft import DraftForm, FaultForm, initial_of
from outages.models import Outage
from sla.ground.errors import OutOfOrder, Refused

PAGE = "admin:outages_outage_change"


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Draft an outage that is to come."""
    return _form_page(request, site, DraftForm, None, title=_("拟定停电"))


@require_http_methods(["GET", "POST"])
def fault(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Record a fault as it happens."""
    return _form_page(request, site, FaultForm, None, title=_("登记故障停电"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, site: AdminSite, *, pk: int) -> HttpResponse:
    """Change a draft."""
    outage = outage_or_404(request, pk)
    title = _("修改 %(number)s") % {"number": outage.number}
    return _form_page(request, site, DraftForm, outage, title=title)


def _form_page(
    request: HttpRequest,
    site: AdminSite,
    kind: type[DraftForm | FaultForm],
    outage: Outage | None,
    *,
    title: str,
) -> HttpResponse:
    by, at = require_keeper(request), timezone.now()
    if request.method != "POST":
        if outage is not None:
            permissions.require("change", outage, by=by, at=at)
        form = kind(initial=initial_of(outage) if outage else _suggested(request))
        return _shown(request, site, form, outage, title=title)
    form = kind(kind().with_ticked(request.POST))
    if "find" in request.POST:
        return _shown(request, site, form, outage, title=title)
    try:
        if form.is_valid():
            done = form.perform(outage, by=by, at=at)
            said = _("已修改 %(number)s。") if outage else _("已登记 %(number)s。")
            messages.success(request, said % {"number": done.number})
            return redirect(PAGE, done.pk)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        status = 409 if isinstance(refusal, OutOfOrder) else 403
        return _shown(request, site, form, outage, title=title, status=status)
    except ValidationError as error:
        form.take_back(error)
    return _shown(request, site, form, outage, title=title)


def _suggested(request: HttpRequest) -> dict[str, str]:
    """Return what another page, such as the dispatch desk, already knows."""
    return {name: request.GET.get(name, "") for name in ("scope", "reason")}


def _shown(
    request: HttpRequest,
    site: AdminSite,
    form: DraftForm | FaultForm,
    outage: Outage | None,
    *,
    title: str,
    status: int = 200,
) -> HttpResponse:
    looked = "find" in request.POST
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": title,
        "form": form,
        "outage": outage,
        "looked": looked,
    }
    return TemplateResponse(request, "admin/outages/draft.html", context, status=status)
