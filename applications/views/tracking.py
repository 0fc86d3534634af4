"""Pages on which an applicant follows an application."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from applications.selectors import mine as lists
from applications.selectors import progress, tracking
from applications.selectors.tracking import Tracking
from sla.ground.actors import Actor
from sla.models import Clock

PER_PAGE = 20


def viewer(request: HttpRequest) -> Actor:
    """Return who looks; every page here stands behind a sign-in."""
    return cast(Actor, request.user)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own applications, those that wait for oneself first."""
    who = viewer(request)
    pages = Paginator(lists.filed_by(who), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lists.lines(page.object_list, at=timezone.now()),
        "drafts": lists.drafts_of(who),
        "count": pages.count,
    }
    return render(request, "tracking/mine.html", context)


@never_cache
@login_required
@require_safe
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show one application: where it stands, whose turn it is, by when."""
    who, at = viewer(request), timezone.now()
    context = {
        "mark": tracking.mark(number, viewer=who, at=at),
        "page": Tracking(number, who, at),
    }
    return render(request, "tracking/application.html", context)


@never_cache
@require_safe
def status(request: HttpRequest, number: str) -> HttpResponse:
    """Show the status alone, for a page that keeps itself up to date."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    who, at = viewer(request), timezone.now()
    mark = tracking.mark(number, viewer=who, at=at)
    if request.GET.get("seen") != str(mark.seen):
        return HttpResponseClientRefresh()
    context = {"mark": mark, "page": Tracking(number, who, at)}
    return render(request, "tracking/fragment.html", context)


@never_cache
@login_required
@require_safe
def why(request: HttpRequest, number: str, clock: int) -> HttpResponse:
    """Explain one date, day by day."""
    found = tracking.find(number, viewer=viewer(request))
    row = Clock.objects.of(number).filter(pk=clock).first()
    if row is None:
        raise Http404
    told = progress.why(row, at=timezone.now())
    return render(request, "tracking/why.html", {"application": found, "why": told})


@never_cache
@login_required
@require_safe
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the 供电方案答复单, to read and to print."""
    who = viewer(request)
    found = tracking.find(number, viewer=who)
    replied = list(found.plans.order_by("-round"))
    if not replied:
        raise Http404
    page = Tracking(number, who, timezone.now(), found)
    context = {"page": page, "plan": replied[0], "earlier": replied[1:]}
    return render(request, "tracking/plan.html", context)
