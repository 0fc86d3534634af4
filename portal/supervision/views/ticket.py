"""One ticket, as regulators see it: read-only, masked, with its evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.supervision.selectors import ticket as tickets
from portal.supervision.views.access import for_supervision, viewer


@for_supervision
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """Show the road of one application, its limits day by day, and its records."""
    page = tickets.read(number, viewer=viewer(request), at=timezone.now())
    return render(request, "supervision/ticket.html", {"page": page})
