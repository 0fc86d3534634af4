"""The dispatch desk: the queue by urgency, one order with its acts, the crews."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from outages.admin.desk import DeskAdmin
from outages.forms.repair_acts import FORMS
from outages.lifecycles.repair import DISPATCHERS
from outages.models import Crew, FaultReport, RepairOrder
from outages.permissions import reach
from outages.selectors import repair_desk
from outages.services import repairing
from sla.admin.lookers import LookedAtAdmin, actor
from sla.ground.actors import Actor, Role
from sla.ground.masking import mask_phone
from sla.models import Region
from sla.words import listed

PER_PAGE = 50
EVERYTHING = "all"
KEEPERS = frozenset({Role.OPERATOR, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Voice:
    """One report as the desk shows it; the phone in full only once asked for."""

    report: FaultReport
    place: str
    phone: str


@admin.register(RepairOrder)
class RepairOrderAdmin(DeskAdmin[RepairOrder]):
    """Serve the queue and the page of an order; nothing is edited field by field."""

    lookers = DISPATCHERS | {Role.REGULATOR}
    act_forms = FORMS
    page_template = "admin/repairs/order.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RepairOrder]:
        """Keep what this person may see, for every page that Django itself offers."""
        return repair_desk.within_reach(actor(request)).select_related(
            "region", "crew", "transformer", "line", "outage"
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the telephone to the acts."""
        phone = self.address("<int:pk>/phone/", self.phone_view, "phone")
        return [phone, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a queue, the most urgent first, and what looks like a line's fault."""
        by, at = actor(request), timezone.now()
        names = {queue.name for queue in repair_desk.QUEUES} | {EVERYTHING}
        wanted = request.GET.get("queue", "")
        queue = wanted if wanted in names else "open"
        orders = repair_desk.in_queue(queue, by)
        page = Paginator(orders, PER_PAGE).get_page(request.GET.get("page"))
        numbers = repair_desk.counts(by)
        context = {
            **self.admin_site.each_context(request),
            "title": _("抢修调度台"),
            "at": at,
            "queue": queue,
            "queues": [(each, numbers[each.name]) for each in repair_desk.QUEUES],
            "page": page,
            "lines": repair_desk.lines(page.object_list, by=by, at=at),
            "suspicions": repair_desk.suspicions(by),
            "keeps": by.role in KEEPERS,
        }
        return TemplateResponse(request, "admin/repairs/queue.html", context)

    def phone_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the telephones once; who looked stands in the history."""
        order = self.row(request, pk)
        if request.method != "POST":
            return redirect(f"admin:{self.named('change')}", pk)
        by = actor(request)
        repairing.note(order, text="查看报修人电话", by=by, at=timezone.now())
        order = self.row(request, pk)
        voices = _voices(_reports(order), by, full=True)
        return self.page(request, order, full=True, voices=voices)

    def told(self, row: RepairOrder, *, by: Actor, at: datetime) -> dict[str, Any]:
        """Return an order with its reports, masked, and what its history tells."""
        reports = _reports(row)
        acting = by.role in DISPATCHERS
        found = repair_desk.suspicions(by)
        return {
            "order": row,
            "line": repair_desk.lines([row], by=by, at=at)[0],
            "steps": repair_desk.history(row),
            "voices": _voices(reports, by),
            "acting": acting,
            "full": False,
            "owing": repair_desk.arrears_of(reports) if acting else [],
            "suspicions": [each for each in found if row in each.orders],
            "keeps": by.role in KEEPERS,
        }


def _reports(order: RepairOrder) -> list[FaultReport]:
    told = order.reports.select_related("account", "region")
    return list(told.order_by("reported_at"))


def _voices(
    reports: list[FaultReport], by: Actor, *, full: bool = False
) -> list[Voice]:
    return [
        Voice(each, repair_desk.place(each, by), _phone(each, full)) for each in reports
    ]


def _phone(report: FaultReport, full: bool) -> str:
    phone = str(report.phone)
    return phone.removeprefix("+86") if full else mask_phone(phone)


@admin.register(Crew)
class CrewAdmin(LookedAtAdmin):
    """Let those who keep the network say who is on duty, and where."""

    lookers = DISPATCHERS
    list_display = ("name", "phone", "on_duty", "districts")
    list_filter = ("on_duty",)
    search_fields = ("name",)
    filter_horizontal = ("regions",)

    @admin.display(description=_("负责区域"))
    def districts(self, crew: Crew) -> str:
        """Return the districts of a crew in words."""
        return listed(region.name for region in crew.regions.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Crew]:
        return super().get_queryset(request).prefetch_related("regions")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave a crew that drives for other districts, too, to the operator."""
        reached = obj is None or reach.covers(_districts(obj), by=actor(request))
        return self._keeps(request) and reached

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the districts of the city that this person answers for."""
        home = Q(parent=settings.HOME_REGION) | Q(pk=settings.HOME_REGION)
        known = Region.objects.filter(home).values_list("pk", flat=True)
        reached = [code for code in known if reach.covers([code], by=actor(request))]
        kwargs["queryset"] = Region.objects.filter(pk__in=reached)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _keeps(self, request: HttpRequest) -> bool:
        """Tell whether this person says who is on duty; crews are never deleted."""
        return request.user.is_active and getattr(request.user, "role", "") in KEEPERS


def _districts(crew: Crew) -> list[str]:
    return [region.pk for region in crew.regions.all()]
