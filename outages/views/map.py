"""停电地图: the districts as outlines, and a table that says the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from outages.selectors import chart


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    """Show where in the city power is out or will be."""
    at = timezone.now()
    context = {"picture": chart.picture(at), "at": at}
    return render(request, "outages/map.html", context)
