"""The board: rates, what is in hand, breakdowns, the overdue ones first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.supervision import charts, exports, wording
from portal.supervision.forms import FilterForm
from portal.supervision.selectors import months, overview
from portal.supervision.views.access import for_supervision, viewer
from portal.supervision.views.files import as_file, refused
from sla.ground.record import for_the_record


@for_supervision
def board(request: HttpRequest) -> HttpResponse:
    """Show the figures of one question, each a link to what it counted."""
    form = FilterForm(request.GET, viewer=viewer(request), now=timezone.now())
    if not form.is_valid():
        return render(request, "supervision/refused.html", {"form": form}, status=400)
    basis = form.basis_asked
    page = overview.read(form.scope(), basis=basis, sort=request.GET.get("sort", ""))
    context = {
        "form": form,
        "scope": page.scope,
        "page": page,
        "months": months.frozen(page.scope),
        "charts": charts.of(page.breakdowns, request),
        "definitions": wording.DEFINITIONS,
        "bases": [
            (each.value, each.label, wording.BASES[each]) for each in type(basis)
        ],
        "columns": wording.COLUMNS,
        "sort": request.GET.get("sort", ""),
    }
    return render(request, "supervision/board.html", context)


@for_supervision
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the breakdowns of one measure as a file."""
    form = FilterForm(request.GET, viewer=viewer(request), now=timezone.now())
    if not form.is_valid():
        return refused(form)
    with for_the_record():
        scope, basis = form.scope(), form.basis_asked
        tables = overview.tables(scope, basis=basis)
        return as_file(exports.of_figures(scope, basis, tables), kind, scope.at)
