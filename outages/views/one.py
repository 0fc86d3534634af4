"""One outage: what, when, where, why, and what came of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from outages.selectors import shown, story
from sla.ground import numbers

PLACES_PER_PAGE = 100


@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Show one outage by its number, however it was typed."""
    proper = numbers.normalise(number, "TD")
    outage = story.find(proper) if proper else None
    if outage is None:
        raise Http404(number)
    if number != outage.number:
        return redirect("outages:one", number=outage.number, permanent=True)
    at = timezone.now()
    pages = Paginator(story.places(outage), PLACES_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "outage": outage,
        "card": shown.cards([outage], at=at)[0],
        "nodes": story.timeline(outage, at=at),
        "notice": story.notice(outage, at=at),
        "cause": story.cause(outage),
        "page": page,
        "spots": story.spots(outage, list(page.object_list)),
        "repairs": story.repairs(outage),
        "at": at,
    }
    return render(request, "outages/one.html", context)
