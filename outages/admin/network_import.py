"""Bring a file into the network: choose, see what it would do, confirm."""

import csv
from typing import cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outages.forms.network import NetworkFileForm
from outages.models import Transformer
from outages.permissions import network as rules
from outages.services import network_files
from outages.services.network_files import COLUMNS, Part, Plan, holding
from outages.services.network_files.holding import Held
from sla.ground.actors import Actor

SHOWN = 50


def choose(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Ask for a file; show what it would do, or what is wrong with it."""
    by = _keeper(request)
    if request.method != "POST":
        return _page(request, site, NetworkFileForm())
    form = NetworkFileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan, held = holding.hold(
                upload, name=upload.name, by=by, at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _preview(request, site, plan, held)
    return _page(request, site, form)


def confirm(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Apply the file that was previewed, unless it would do something else now."""
    by, at = _keeper(request), timezone.now()
    try:
        plan, held = holding.again(request.POST.get("token", ""), by=by, at=at)
        if plan.error_count or plan.seal != held.seal:
            messages.warning(
                request, _("预览之后网络数据有了变化，请重新核对下面的内容。")
            )
            now = Held(held.path, held.name, held.sha256, held.by, plan.seal)
            return _preview(request, site, plan, now)
        network_files.apply(plan, by=by, at=at)
    except ValidationError as refusal:
        refused = "".join(refusal.messages)
        return _page(request, site, NetworkFileForm(), refused)
    holding.drop(held)
    messages.success(request, _("已导入“%s”。") % held.name)
    return HttpResponseRedirect(reverse("admin:outages_transformer_changelist"))


def headings(request: HttpRequest) -> HttpResponse:
    """Hand out an empty table with every column."""
    _keeper(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="network.csv"'
    # Spreadsheets take a file for UTF-8 by its mark alone.
    response.write("\ufeff")
    csv.writer(response).writerow(column.label for column in COLUMNS)
    return response


def _keeper(request: HttpRequest) -> Actor:
    by = cast("Actor", request.user)
    rules.require_import(by)
    return by


def _page(
    request: HttpRequest, site: AdminSite, form: NetworkFileForm, refused: str = ""
) -> TemplateResponse:
    return TemplateResponse(
        request,
        "admin/outages/network/choose.html",
        {
            **site.each_context(request),
            "title": _("导入网络数据"),
            "form": form,
            "refused": refused,
            "columns": COLUMNS,
            "opts": Transformer._meta,
        },
    )


def _preview(
    request: HttpRequest, site: AdminSite, plan: Plan, held: Held
) -> TemplateResponse:
    counts = [(part.label, plan.counts[part]) for part in Part]
    return TemplateResponse(
        request,
        "admin/outages/network/preview.html",
        {
            **site.each_context(request),
            "title": _("核对导入内容"),
            "plan": plan,
            "held": held,
            "counts": counts,
            "errors": plan.errors[:SHOWN],
            "changes": plan.changes[:SHOWN],
            "more_errors": max(0, plan.error_count - SHOWN),
            "more_changes": max(0, len(plan.changes) - SHOWN),
            "opts": Transformer._meta,
        },
    )
