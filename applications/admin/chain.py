"""The history of a ticket: every event, and whether the chain still holds."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications.admin.access import ticket_or_404
from applications.lifecycle import ACTIONS, Status
from applications.models import Application, Event


@dataclass(frozen=True, slots=True)
class Link:
    """One event in words; ``holds`` tells whether its hash fits content and elder."""

    event: Event
    act: str
    before: str
    after: str
    holds: bool


@require_GET
def show(request: HttpRequest, site: AdminSite, *, pk: int) -> HttpResponse:
    """Show who did what when, newest first."""
    application = ticket_or_404(request, pk)
    links = read(application)
    context = {
        **site.each_context(request),
        "title": _("办理记录 %s") % application.number,
        "application": application,
        "links": links[::-1],
        "whole": all(link.holds for link in links),
    }
    return TemplateResponse(request, "admin/chain.html", context)


def read(application: Application) -> list[Link]:
    """Return the events, oldest first, each compared with its hash."""
    links: list[Link] = []
    previous = ""
    for event in application.events.order_by("seq"):
        holds = event.previous_hash == previous and event.hash == event.digest()
        links.append(
            Link(
                event=event,
                act=str(ACTIONS[event.action].label),
                before=str(Status(event.before).label),
                after=str(Status(event.after).label),
                holds=holds,
            )
        )
        previous = event.hash
    return links
