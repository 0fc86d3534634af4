"""The history of a ticket: every event, and whether the chain still holds."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications.admin.access import ticket_or_404
from applications.selectors import chain


@require_GET
def show(request: HttpRequest, site: AdminSite, *, pk: int) -> HttpResponse:
    """Show who did what when, newest first."""
    application = ticket_or_404(request, pk)
    links = chain.links(application.events.order_by("seq"))
    context = {
        **site.each_context(request),
        "title": _("办理记录 %s") % application.number,
        "application": application,
        "links": links[::-1],
        "whole": chain.is_whole(application, links),
    }
    return TemplateResponse(request, "admin/chain.html", context)
