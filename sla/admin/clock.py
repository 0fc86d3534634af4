"""Clocks in the admin: looked at and explained, recomputed with a preview first."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sla.admin.lookers import LookedAtAdmin
from sla.admin.operators import by, is_operator
from sla.ground.actors import Role
from sla.models import Clock
from sla.services import calendars, reckonings, recompute


@admin.register(Clock)
class ClockAdmin(LookedAtAdmin):
    """Show clocks; nothing is added, edited or deleted here."""

    # Managers see clocks on their tickets.
    lookers = frozenset({Role.OPERATOR})
    list_display = (
        "reference", "stage", "level", "state", "started_at", "due_at", "provisional",
        "exempt_reported",
    )  # fmt: skip
    list_filter = ("state", "stage", "level", "provisional", "exempt_reported")
    search_fields = ("reference",)
    ordering = ("-pk",)
    show_full_result_count = False
    change_form_template = "admin/sla/clock/change_form.html"
    change_list_template = "admin/sla/clock/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Clock]:
        """Bring the source of the limit along."""
        clocks = super().get_queryset(request)
        return clocks.select_related("region", "policy_limit__policy")

    def get_urls(self) -> list[URLPattern]:
        """Add the page that recomputes."""
        page = self.admin_site.admin_view(self.recompute)
        return [
            path("recompute/", page, name="sla_clock_recompute"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add why the date is what it is."""
        clock = context["original"]
        context["explained"] = reckonings.explain(clock, timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)

    def recompute(self, request: HttpRequest) -> HttpResponse:
        """Show what today's rules would move; on confirmation, move it."""
        if not is_operator(request):
            raise PermissionDenied
        at = timezone.now()
        if request.method == "POST":
            plan = recompute.run(at=at, by=by(request))
            messages.success(request, _("已重算：%s") % plan.sentence)
            return HttpResponseRedirect(reverse("admin:sla_clock_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("重新推算在办期限"),
            "plan": recompute.preview(at=at),
            "alarm": calendars.alarm(at),
            "opts": Clock._meta,
        }
        return TemplateResponse(request, "admin/sla/clock/recompute.html", context)
