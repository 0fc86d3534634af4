"""The tickets in the admin: read within reach, changed through their acts only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from applications.admin import bulk, chain, export, listing, papers, ticket, workbench
from applications.admin.access import STAFF, actor
from applications.models import Application


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Serve lists and ticket pages; nothing is added, edited or deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(
        self, request: HttpRequest, obj: Application | None = None
    ) -> bool:
        """Let staff look at what lies within their reach (``get_queryset``)."""
        return request.user.is_active and getattr(request.user, "role", "") in STAFF

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Application | None = None
    ) -> bool:
        """Refuse field by field changes: acts go through the services."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Application | None = None
    ) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """Keep what this person may see, for every page that Django itself offers."""
        return Application.objects.visible_to(actor(request))

    def get_urls(self) -> list[URLPattern]:
        """Add search, export, acts, full information and bulk acts."""
        own = [
            ("search/", workbench.search, "search"),
            ("export/", export.download, "export"),
            ("bulk/<str:action>/", bulk.act, "bulk"),
            ("<int:pk>/act/<str:action>/", ticket.act, "act"),
            ("<int:pk>/reveal/", ticket.reveal, "reveal"),
            ("<int:pk>/papers/<int:paper>/", papers.download, "paper"),
        ]
        return [
            path(
                route,
                self.admin_site.admin_view(self._bound(view)),
                name=f"applications_application_{name}",
            )
            for route, view, name in own
        ] + super().get_urls()

    def _bound(self, view: Any) -> Any:
        def bound(request: HttpRequest, **address: Any) -> HttpResponse:
            response: HttpResponse = view(request, self.admin_site, **address)
            return response

        return bound

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


def as_key(text: str) -> int:
    """Return the primary key in an address; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
