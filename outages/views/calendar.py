"""Planned outages for a phone's calendar, by subscription or by outage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from outages.models import Subscription
from outages.selectors import calendar
from outages.selectors.calendar import Feed
from sla.ground.record import for_the_record


@for_the_record()
@require_safe
def subscription(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the plans for the area of a subscription, for whoever has its link."""
    rows = Subscription.objects.select_related("transformer", "premises")
    row = get_object_or_404(rows, token=token)
    return _answer(request, calendar.of_subscription(row, at=timezone.now()))


@for_the_record()
@require_safe
def outage(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return one announced outage."""
    feed = calendar.of_outage(number.upper())
    if feed is None:
        raise Http404
    return _answer(request, feed)


def _answer(request: HttpRequest, feed: Feed) -> HttpResponseBase:
    """Return the calendar, or 304 to whoever has it already."""
    answer = HttpResponse(feed.content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="outages.ics"'
    answer["ETag"] = quote_etag(feed.etag)
    # Asked again every time: a cancelled outage must not linger.
    answer["Cache-Control"] = "no-cache"
    modified = None
    if feed.changed_at is not None:
        modified = int(feed.changed_at.timestamp())
        answer["Last-Modified"] = http_date(modified)
    found = get_conditional_response(
        request, etag=answer["ETag"], last_modified=modified, response=answer
    )
    return found or answer
