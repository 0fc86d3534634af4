"""Each subscription behind its own link, and all of a person's in one list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outages.models import Subscription
from outages.selectors import subscribers
from outages.services import subscribing
from portal.notices.services import outage_news


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, token: str) -> HttpResponse:
    """Show a subscription to whoever has its link; a POST ends it.

    Looking never ends it: mail programs and messengers open links by themselves.
    """
    rows = Subscription.objects.select_related("transformer", "premises", "account")
    row = get_object_or_404(rows, token=token)
    if request.method == "POST":
        if subscribing.end(row, at=timezone.now()):
            outage_news.drop_waiting(row)
            messages.success(request, _("已退订，不会再收到这个地址的停电通知。"))
        return redirect("subscriptions:one", token=token)
    line = subscribers.line_of(row)
    context = {"line": line, "new": "new" in request.GET and line.running}
    return render(request, "outages/subscription.html", context)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what a person subscribed to while signed in."""
    rows = subscribers.running_of(int(request.user.pk or 0))
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    lines = [subscribers.line_of(row) for row in page]
    context = {"page": page, "lines": lines}
    return render(request, "outages/subscriptions.html", context)
