"""供电可靠性公布: a year's indices as they were published, with targets and meaning."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outages.indices import Level, Variant
from outages.selectors import publication
from outages.selectors.reliability_tables import DEFINITIONS
from sla.ground.cells import harmless
from sla.ground.record import for_the_record

HEADINGS = (
    "年度", "版次", "地区代码", "地区", "级别", "口径", "用户数", "统计秒数",
    "停电次数", "停电户次", "停电户秒", "SAIDI（小时/户）", "SAIFI（次/户）",
    "CAIDI（小时/次）", "ASAI（%）",
)  # fmt: skip
PARTS = (
    "customers", "period_seconds", "interruptions", "customers_off",
    "customer_seconds", "saidi_hours", "saifi", "caidi_hours", "asai_percent",
)  # fmt: skip


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show one published year at one level: medium voltage unless asked."""
    years = publication.years()
    asked = request.GET.get("year", "")
    known = asked in {"", *map(str, years)}
    year = int(asked) if known and asked else next(iter(years), None)
    name = request.GET.get("level", "")
    level = Level(name) if name in Level.values else Level.MEDIUM
    context: dict[str, Any] = {"years": years, "year": year, "level": level}
    context["levels"] = list(Level)
    if year is not None:
        context |= _of_year(year, level)
    if not known:
        context["refusal"] = _("没有公布过“%(year)s”年的指标，下面是最近一年。") % {
            "year": asked[:20]
        }
    status = 200 if known else 404
    return render(request, "outages/reliability.html", context, status=status)


def _of_year(year: int, level: Level) -> dict[str, Any]:
    published = publication.latest(year)
    return {
        "first": published[0],
        "rows": publication.rows_of(published, level),
        "rulebook": published[0].figures,
        "editions": publication.editions(year),
        "trend": publication.over_the_years(level),
        "variants": list(Variant),
        "definitions": DEFINITIONS,
        "rewarded": publication.rewarded_by(published[0].figures) is level,
    }


@for_the_record()
@require_safe
def table(request: HttpRequest, year: int) -> HttpResponse:
    """Send a published year as CSV: every place, level and variant with its parts."""
    published = publication.latest(year)
    if not published:
        raise Http404(year)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reliability-{year}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for row in published:
        for level in row.figures["levels"].values():
            for key, told in level["variants"].items():
                # A cell that began with the minus would be a formula to a spreadsheet.
                writer.writerow(
                    [
                        year, row.edition, row.region_id, harmless(row.region.name),
                        level["level"], f"{told['meaning']}（-{key}）",
                        *(told[part] for part in PARTS),
                    ]
                )  # fmt: skip
    return response
