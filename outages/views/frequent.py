"""频繁停电公示: who is being governed, why, by when, and what was closed."""

import csv

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outages.rules import frequent, read
from outages.selectors import casebook, districts, governed
from outages.selectors.governed import Line
from sla.engine import day_of
from sla.ground import numbers
from sla.ground.cells import harmless
from sla.ground.record import for_the_record

PER_PAGE = 20
PREFIX = "ZL"
HEADINGS = (
    "治理编号", "类别", "编码", "名称", "所在区", "状态", "超标情况", "目前次数",
    "立案日期", "治理措施", "计划完成日期", "是否超期", "销号日期",
)  # fmt: skip


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List open cases and those closed within a year, of one district or of all."""
    at, names = timezone.now(), districts.names()
    asked = request.GET.get("district", "")
    district = asked if asked in names else ""
    found = governed.public(at, district=district)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": governed.lines(page.object_list, at=at),
        "totals": governed.totals(found),
        "districts": names,
        "district": district,
        "district_name": names.get(district, ""),
        "rules": frequent.rules(),
        "rulebook": read("frequent"),
        "at": at,
    }
    return render(request, "outages/frequent.html", context)


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one case: its evidence, its plan, its steps."""
    at = timezone.now()
    known = numbers.normalise(number, PREFIX)
    found = governed.cases().filter(number=known).first() if known else None
    if found is None:
        raise Http404(number)
    context = {
        "case": found,
        "book": casebook.book(found, at=at),
        "rules": frequent.rules(),
        "rulebook": read("frequent"),
        "at": at,
    }
    return render(request, "outages/frequent_case.html", context)


@for_the_record()
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Send the list as CSV, of one district or of all."""
    at, asked = timezone.now(), request.GET.get("district", "")
    district = asked if asked in districts.names() else ""
    rows = governed.lines(governed.public(at, district=district), at=at)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="frequent-outages.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in _cells(row)] for row in rows)
    return response


def _cells(row: Line) -> list[str]:
    case = row.case
    return [
        case.number, row.level, row.code, row.name, case.region.name, row.face.label,
        "；".join(row.broken), row.now,
        day_of(case.opened_at).isoformat(),
        case.measures,
        case.planned_on.isoformat() if case.planned_on else "",
        _("是") if row.late else "",
        day_of(case.closed_at).isoformat() if case.closed_at else "",
    ]  # fmt: skip
