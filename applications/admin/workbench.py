"""The first page of staff: what waits, what is most urgent, and one search field."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.admin.rows import rows
from applications.models import Application
from applications.selectors import finding, queues
from applications.selectors.deadlines import tickets
from applications.selectors.queues import Queue
from outages.admin.doors import doors
from sla.admin.lookers import actor
from sla.ground.actors import Actor, Role
from sla.services import calendars

MOST_URGENT = 25
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Heap:
    """One queue with its number and its address."""

    queue: Queue
    count: int
    href: str

    @property
    def tone(self) -> str:
        """Return the tone of the figure; an empty heap alarms nobody."""
        return self.queue.tone if self.count else "none"


def index(request: HttpRequest, site: AdminSite) -> TemplateResponse:
    """Show the queues and the tickets whose deadlines come first."""
    by, at = actor(request), timezone.now()
    found = heaps(queues.counts(by=by, at=at), by=by)
    urgent = queues.urgent(by=by, at=at, most=MOST_URGENT)
    context = {
        **site.each_context(request),
        "title": _("工作台"),
        "at": at,
        "own": by.role == Role.MANAGER,
        "heaps": [heap for heap in found if heap.queue.name != "open"],
        "everything": next(heap for heap in found if heap.queue.name == "open"),
        "doors": doors(by, at=at),
        "rows": rows(urgent, by=by),
        "alarm": calendars.alarm(at) if by.role == Role.OPERATOR else "",
        "app_list": _upkeep(site, request),
    }
    return TemplateResponse(request, "admin/index.html", context)


def heaps(counts: dict[str, int], *, by: Actor) -> list[Heap]:
    """Return the queues of a person with their numbers."""
    address = reverse("admin:applications_application_changelist")
    return [
        Heap(queue, counts[queue.name], f"{address}?queue={queue.name}")
        for queue in queues.offered_to(by)
    ]


def _upkeep(site: AdminSite, request: HttpRequest) -> list[dict[str, object]]:
    """Return the pages beside the tickets: policies, calendars, users."""
    own = Application._meta.app_label
    return [app for app in site.get_app_list(request) if app["app_label"] != own]


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Look for a ticket; what was typed is personal and never stands in an address."""
    by, at = actor(request), timezone.now()
    text = request.POST.get("text", "")[:100]
    reach = Application.objects.visible_to(by)
    matches = finding.matching(reach, text).order_by("-submitted_at")
    listed = list(queues.listed(matches)[: MOST_FOUND + 1])
    context = {
        **site.each_context(request),
        "title": _("查找申请"),
        "text": text,
        "asked": request.method == "POST",
        "rows": rows(tickets(listed[:MOST_FOUND], at=at), by=by),
        "more": len(listed) > MOST_FOUND,
        "most": MOST_FOUND,
    }
    return TemplateResponse(request, "admin/search.html", context)
