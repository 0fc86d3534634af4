"""The tickets in the admin: read within reach, changed through their acts only."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from applications.admin import bulk, chain, export, listing, papers, ticket, workbench
from applications.admin.access import STAFF
from applications.models import Application
from sla.admin.lookers import LookedAtAdmin, actor, as_key


@admin.register(Application)
class ApplicationAdmin(LookedAtAdmin):
    """Serve lists and ticket pages; nothing is added, edited or deleted here."""

    lookers = STAFF

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """Keep what this person may see, for every page that Django itself offers."""
        return Application.objects.visible_to(actor(request))

    def get_urls(self) -> list[URLPattern]:
        """Add search, export, acts, full information and bulk acts."""
        own: list[tuple[str, Callable[..., Any], str]] = [
            ("search/", workbench.search, "search"),
            ("export/", export.download, "export"),
            ("bulk/<str:action>/", bulk.act, "bulk"),
            ("<int:pk>/act/<str:action>/", ticket.act, "act"),
            ("<int:pk>/reveal/", ticket.reveal, "reveal"),
            ("<int:pk>/papers/<int:paper>/", papers.download, "paper"),
        ]
        site = self.admin_site
        return [
            path(
                route,
                site.admin_view(partial(view, site=site)),
                name=f"applications_application_{name}",
            )
            for route, view, name in own
        ] + super().get_urls()

    def workbench(self, request: HttpRequest) -> TemplateResponse:
        """Show queues and urgent tickets; the site's index."""
        return workbench.index(request, self.admin_site)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List tickets by queue and filter, the most urgent first."""
        return listing.tickets(request, self.admin_site)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one ticket."""
        return ticket.show(request, self.admin_site, pk=as_key(object_id))

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the chain of events; Django's own log knows nothing of acts."""
        return chain.show(request, self.admin_site, pk=as_key(object_id))
