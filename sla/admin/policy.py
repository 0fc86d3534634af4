"""Policies in the admin: limits, promises, their source and their period."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from sla.admin.operators import RulesInline, VersionedAdmin, is_operator, to_preview
from sla.forms import LimitFormSet
from sla.models import Policy, PolicyLimit
from sla.services import policies


class PolicyLimitInline(RulesInline):
    """Enter the limits of a policy."""

    model = PolicyLimit
    formset = LimitFormSet
    extra = 0
    fields = ("user_type", "stage", "value", "unit", "measure", "clause", "note")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request) and (obj is None or obj.superseded_at is None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: clocks are pinned to limits; end the policy's validity instead."""
        return False


@admin.register(Policy)
class PolicyAdmin(VersionedAdmin):
    """Edit current policies; replaced versions are read only."""

    list_display = (
        "title", "region", "level", "valid_from", "valid_to", "version",
        "superseded_at",
    )  # fmt: skip
    list_filter = ("level", "region", ("superseded_at", admin.EmptyFieldListFilter))
    list_select_related = ("region",)
    search_fields = ("key", "title", "source")
    ordering = ("region", "level", "-valid_from", "-version")
    autocomplete_fields = ("region",)
    fields = (
        "key", "region", "level", "title", "source", "clause", "valid_from", "valid_to",
        "commitments", "note", "version", "superseded_at",
    )  # fmt: skip
    inlines = (PolicyLimitInline,)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Policy | None = None
    ) -> tuple[str, ...]:
        """Keep the key once it is there: versions belong together by it."""
        shown = ("version", "superseded_at")
        return shown if obj is None else ("key", *shown)

    def has_change_permission(
        self, request: HttpRequest, obj: Policy | None = None
    ) -> bool:
        """Keep replaced versions as they were."""
        return is_operator(request) and (obj is None or obj.superseded_at is None)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Save the limits and count a version of a policy that was edited."""
        super().save_related(request, form, formsets, change)
        if change:
            policies.revised(form.instance)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        """Lead to the preview."""
        return to_preview()

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Lead to the preview."""
        return to_preview()
