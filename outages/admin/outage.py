"""Outages in the admin: read within reach, changed through their acts only."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern

from outages.admin import outage_drafts, outage_list
from outages.admin.access import keeps, outage_or_404, within_reach
from outages.admin.desk import DeskAdmin
from outages.forms.outage_acts import FORMS
from outages.lifecycles.outage import KEEPERS
from outages.models import Outage
from outages.selectors import outage_file
from sla.admin.lookers import actor
from sla.ground.actors import Actor


@admin.register(Outage)
class OutageAdmin(DeskAdmin[Outage]):
    """Serve lists, drafts and pages of outages; nothing is edited field by field."""

    lookers = KEEPERS
    act_forms = FORMS
    page_template = "admin/outages/outage.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return keeps(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outage]:
        """Keep what this person may see, for every page that Django itself offers."""
        return within_reach(actor(request))

    def row(self, request: HttpRequest, pk: int) -> Outage:
        """Return an outage within reach. Raises PermissionDenied for non-keepers."""
        return outage_or_404(request, pk)

    def told(self, row: Outage, *, by: Actor, at: datetime) -> dict[str, Any]:
        """Return the whole file of an outage."""
        return {"outage": row, "file": outage_file.of(row, at=at)}

    def get_urls(self) -> list[URLPattern]:
        """Add faults and the change of a draft."""
        fault = partial(outage_drafts.fault, site=self.admin_site)
        edit = partial(outage_drafts.edit, site=self.admin_site)
        return [
            self.address("fault/", fault, "fault"),
            self.address("<int:pk>/edit/", edit, "edit"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List outages by filter, the latest first."""
        return outage_list.outages(request, self.admin_site)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Draft an outage."""
        return outage_drafts.draft(request, self.admin_site)

    def act_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Open the form of one act, or perform it; a draft has a page of its own."""
        if action == "change":
            return redirect(f"admin:{self.named('edit')}", self.row(request, pk).pk)
        return super().act_view(request, pk, action)
