"""办事指南."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.public import disclosure
from portal.public import guide as guides
from sla.engine import day_of
from sla.services import policies


@require_safe
def guide_index(request: HttpRequest) -> HttpResponse:
    """Ask who is applying."""
    return render(request, "public/guide_index.html", {"guides": guides.all_guides()})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one guide with the limits in force today."""
    found = guides.by_slug(slug)
    if found is None:
        raise Http404(slug)
    today = day_of(timezone.now())
    region = policies.home_region()
    tables = disclosure.of_types(region, today, found.user_types)
    ordinary = bool(tables) and found.slug == "high-voltage"
    context = {
        "guide": found,
        "others": [other for other in guides.all_guides() if other is not found],
        "stages": disclosure.STEPS,
        "tables": tables,
        "ordinary": disclosure.ordinary_sums(region, today) if ordinary else "",
    }
    return render(request, "public/guide.html", context)
