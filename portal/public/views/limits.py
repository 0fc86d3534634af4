"""时限公示."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.public import disclosure
from sla.engine import UnknownRegion, day_of
from sla.services import policies


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """Show the limits in force today in this city, or in another that set its own."""
    region = request.GET.get("region") or policies.home_region()
    today = day_of(timezone.now())
    try:
        shown = disclosure.of(region, today)
    except UnknownRegion as unknown:
        raise Http404(str(unknown)) from unknown
    context = {"disclosure": shown, "stages": disclosure.STEPS}
    return render(request, "public/limits.html", context)
