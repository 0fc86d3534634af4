"""The outage board: figures, the list behind each, and both as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from outages.indices import Level
from portal.supervision import outage_charts, outage_exports, outage_wording
from portal.supervision.outage_forms import OutageFilterForm
from portal.supervision.selectors import outage_lists, outages
from portal.supervision.selectors.outages import Asked
from portal.supervision.views.access import for_supervision, viewer
from portal.supervision.views.files import as_file, refused
from sla.ground.record import for_the_record

PER_PAGE = 50


@for_supervision
def board(request: HttpRequest) -> HttpResponse:
    """Show the figures of one question, each a link to what it counted."""
    form = _form(request)
    if not form.is_valid():
        return _refused(request, form)
    page = outages.read(_asked(form))
    context = {
        "form": form,
        "scope": form.scope(),
        "page": page,
        "levels": list(Level),
        "definitions": outage_wording.DEFINITIONS,
        "charts": outage_charts.of(page, request),
    }
    return render(request, "supervision/outages.html", context)


@for_supervision
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the figures by district as a file."""
    form = _form(request)
    if not form.is_valid():
        return refused(form)
    with for_the_record():
        ask = _asked(form)
        sheet = outage_exports.of_figures(ask, outages.read(ask))
        return as_file(sheet, kind, form.scope().at)


@for_supervision
def listed(request: HttpRequest) -> HttpResponse:
    """List what one figure counted."""
    form = _form(request)
    if not form.is_valid():
        return _refused(request, form)
    listing = _list(request, form)
    page = Paginator(listing.rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "scope": form.scope(),
        "listing": listing,
        "page": page,
        "count": page.paginator.count,
        "lines": listing.lines(list(page.object_list)),
        "kept": [("figure", listing.figure)],
        "definition": listing.meaning,
    }
    return render(request, "supervision/outage_list.html", context)


@for_supervision
def export_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the whole list as a file."""
    form = _form(request)
    if not form.is_valid():
        return refused(form)
    with for_the_record():
        sheet = outage_exports.of_list(_list(request, form))
        return as_file(sheet, kind, form.scope().at)


def _form(request: HttpRequest) -> OutageFilterForm:
    return OutageFilterForm(request.GET, viewer=viewer(request), now=timezone.now())


def _asked(form: OutageFilterForm) -> Asked:
    return outages.asked(form.scope(), form.span, form.now)


def _list(request: HttpRequest, form: OutageFilterForm) -> outage_lists.OutageList:
    listing = outage_lists.of(_asked(form), request.GET.get("figure", "out"))
    if listing is None:
        raise Http404
    return listing


def _refused(request: HttpRequest, form: OutageFilterForm) -> HttpResponse:
    return render(request, "supervision/refused.html", {"form": form}, status=400)
