"""频繁停电治理 in the admin: queues, the page of a case, near misses.

Nothing is added, edited or deleted here: cases open by counts, and change by acts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from outages.admin.desk import DeskAdmin
from outages.forms.governance import FORMS
from outages.models import GovernanceCase
from outages.rules import frequent
from outages.selectors import casebook, governed
from sla.admin.lookers import actor
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role

PER_PAGE = 50
NEAR = "near"


@dataclass(frozen=True, slots=True)
class Heap:
    """One queue with its number."""

    queue: governed.Queue
    count: int

    @property
    def tone(self) -> str:
        """Return the tone of the figure; an empty heap alarms nobody."""
        return self.queue.tone if self.count else "none"


@admin.register(GovernanceCase)
class GovernanceCaseAdmin(DeskAdmin[GovernanceCase]):
    """Serve queues and pages of cases."""

    lookers = STAFF_WHO_ACT | {Role.OPERATOR, Role.REGULATOR}
    act_forms = FORMS
    page_template = "admin/governance/case.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[GovernanceCase]:
        """Keep what this person may see, for every page that Django itself offers."""
        return governed.reach(actor(request))

    def get_urls(self) -> list[URLPattern]:
        """Add near misses to the acts."""
        near = self.address("near/", self.near_view, "near")
        return [near, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the cases of a queue, the longest waiting first."""
        by, at = actor(request), timezone.now()
        wanted = request.GET.get("queue", "")
        names = {queue.name for queue in governed.QUEUES}
        queue = wanted if wanted in names else governed.EVERYTHING
        listed = governed.in_queue(governed.reach(by), queue, at=at)
        ordered = listed.order_by("closed_at", "planned_on", "opened_at", "pk")
        if queue == governed.EVERYTHING:
            ordered = listed.order_by("-opened_at", "pk")
        page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
        context = self._frame(request, by, at) | {
            "title": _("频繁停电治理"),
            "queue": queue,
            "page": page,
            "lines": governed.lines(page.object_list, at=at),
        }
        return TemplateResponse(request, "admin/governance/cases.html", context)

    def near_view(self, request: HttpRequest) -> HttpResponse:
        """List the lines and 台区 that one more outage puts over a limit."""
        by, at = actor(request), timezone.now()
        rows = governed.near(by)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context = self._frame(request, by, at) | {
            "title": _("再停一次即超标"),
            "queue": NEAR,
            "page": page,
            "rows": governed.closely(page.object_list),
        }
        return TemplateResponse(request, "admin/governance/near.html", context)

    def told(self, row: GovernanceCase, *, by: Actor, at: datetime) -> dict[str, Any]:
        """Return a case from its evidence to what comes next."""
        return {
            "case": row,
            "book": casebook.book(row, at=at, staff=True),
            "rules": frequent.rules(),
        }

    def _frame(self, request: HttpRequest, by: Actor, at: datetime) -> dict[str, Any]:
        """Return what both lists show above: the queues with their numbers."""
        counts = governed.counts(by, at=at)
        return {
            **self.admin_site.each_context(request),
            "heaps": [Heap(queue, counts[queue.name]) for queue in governed.QUEUES],
            "near_count": governed.near(by).count(),
        }
