"""The lists behind the figures, on pages and as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.supervision import exports, wording
from portal.supervision.forms import FilterForm
from portal.supervision.scope import Basis
from portal.supervision.selectors.lists import CaseList, ClockList
from portal.supervision.views.access import for_supervision, viewer
from portal.supervision.views.files import as_file, refused
from sla.ground.record import for_the_record
from sla.vocabulary import Stage

PER_PAGE = 50


@for_supervision
def clocks(request: HttpRequest) -> HttpResponse:
    """List the clocks that one figure counted."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "supervision/refused.html", {"form": form}, status=400)
    listing = _clock_list(request, form)
    return render(request, "supervision/clocks.html", _context(request, form, listing))


@for_supervision
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that one figure counted."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "supervision/refused.html", {"form": form}, status=400)
    listing = _case_list(request, form)
    return render(request, "supervision/cases.html", _context(request, form, listing))


@for_supervision
def export_clocks(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the whole list of clocks as a file."""
    form = _form(request)
    if not form.is_valid():
        return refused(form)
    with for_the_record():
        sheet = exports.of_clocks(_clock_list(request, form))
        return as_file(sheet, kind, form.scope().at)


@for_supervision
def export_cases(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the whole list of cases as a file."""
    form = _form(request)
    if not form.is_valid():
        return refused(form)
    with for_the_record():
        sheet = exports.of_cases(_case_list(request, form))
        return as_file(sheet, kind, form.scope().at)


def _form(request: HttpRequest) -> FilterForm:
    return FilterForm(request.GET, viewer=viewer(request), now=timezone.now())


def _clock_list(request: HttpRequest, form: FilterForm) -> ClockList:
    bucket = request.GET.get("bucket", "judged")
    stage = request.GET.get("stage", "")
    if bucket not in wording.CLOCK_BUCKETS or stage not in {"", *Stage.values}:
        raise Http404
    return ClockList(
        scope=form.scope(),
        basis=form.basis_asked,
        bucket=bucket,
        stage=stage,
        sort=request.GET.get("sort", ""),
    )


def _case_list(request: HttpRequest, form: FilterForm) -> CaseList:
    bucket = request.GET.get("bucket", "open")
    if bucket not in wording.CASE_BUCKETS:
        raise Http404
    asked = request.GET.get("basis")
    return CaseList(
        scope=form.scope(),
        bucket=bucket,
        basis=Basis(asked) if asked else None,
        sort=request.GET.get("sort", ""),
    )


def _context(
    request: HttpRequest, form: FilterForm, listing: ClockList | CaseList
) -> dict[str, Any]:
    page = Paginator(listing.rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "form": form,
        "scope": listing.scope,
        "listing": listing,
        "page": page,
        "count": page.paginator.count,
        "lines": listing.lines(list(page.object_list)),
        "sort": listing.sort,
        "kept": _kept(request),
        "definition": wording.DEFINITIONS[listing.meaning],
    }


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what makes this list this list, for its filter to carry on."""
    return [(name, request.GET.get(name, "")) for name in ("bucket", "stage")]
