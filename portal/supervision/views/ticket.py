"""One ticket, as regulators see it: read-only, masked, with its evidence."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.supervision.selectors import ticket as tickets
from portal.supervision.views.access import for_supervision, viewer

LISTS = {"clocks": "board-clocks", "cases": "board-cases"}


@for_supervision
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """Show the road of one application, its limits day by day, and its records."""
    context = {
        "page": tickets.read(number, viewer=viewer(request), at=timezone.now()),
        "back": _back(request.GET),
        "from_list": request.GET.get("from") in LISTS,
    }
    return render(request, "supervision/ticket.html", context)


def _back(query: QueryDict) -> str:
    """Return the list or board one came from, with the question asked there."""
    asked = query.copy()
    origin = asked.pop("from", [""])[-1]
    address = reverse(LISTS.get(origin, "board"))
    return f"{address}?{asked.urlencode()}" if asked else address
