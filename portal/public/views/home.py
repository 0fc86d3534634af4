"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from outages.selectors import shown
from portal.public import deadlines
from sla.engine import day_of
from sla.services import policies


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the doors, what filing today would mean, and whether power is out."""
    today = day_of(timezone.now())
    promises = deadlines.promises(region=policies.home_region(), on=today)
    context = {
        "today": today,
        "promises": promises,
        "outages_running": shown.out_now().count(),
    }
    return render(request, "public/home.html", context)
