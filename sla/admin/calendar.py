"""Notices on working days in the admin: entered with their dates, then previewed."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sla.admin.operators import RulesInline, VersionedAdmin, by, to_preview
from sla.forms import DayFormSet
from sla.models import CalendarDay, CalendarNotice
from sla.services import calendars
from sla.words import run_on


class CalendarDayInline(RulesInline):
    """Enter the dates of a notice."""

    model = CalendarDay
    formset = DayFormSet
    extra = 10
    fields = ("date", "workday", "name")
    ordering = ("date",)


@admin.register(CalendarNotice)
class CalendarNoticeAdmin(VersionedAdmin):
    """Enter notices; saving leads to the preview of what moves."""

    list_display = ("title", "source", "region", "published_on", "covered_until")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = ("title", "source")
    ordering = ("-published_on",)
    autocomplete_fields = ("region",)
    fields = (
        "region", "title", "source", "published_on", "covered_until",
        "version", "entered_by",
    )  # fmt: skip
    readonly_fields = ("version", "entered_by")
    inlines = (CalendarDayInline,)

    def save_model(
        self, request: HttpRequest, obj: CalendarNotice, form: Any, change: bool
    ) -> None:
        """Record who entered the notice."""
        if not change:
            obj.entered_by = by(request)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Save the dates, count a version, and name dates that change nothing."""
        super().save_related(request, form, formsets, change)
        if change:
            calendars.revised(form.instance)
        idle = calendars.changes_nothing(form.instance)
        if idle:
            same = _("这些日期与原有安排相同：%s") % run_on(idle)
            messages.info(request, same)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        """Lead to the preview."""
        return to_preview()

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Lead to the preview."""
        return to_preview()
