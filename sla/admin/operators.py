"""Who may change the rules everybody is measured by: operators, and nobody else."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

OPERATOR = "operator"  # the floor above names the roles; this one knows a single word


def is_operator(request: HttpRequest) -> bool:
    """Tell whether this person keeps the rules."""
    user = request.user
    return user.is_active and getattr(user, "role", "") == OPERATOR


def by(request: HttpRequest) -> str:
    """Name the person for ledgers: staff number and name."""
    label = getattr(request.user, "label", None)
    return str(label() if label else request.user)[:80]


class RulesAdmin(SimpleHistoryAdmin):
    """Let operators change rules; every change is kept in the history."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what limits were reckoned by stays; end its validity instead."""
        return False


class RulesInline(admin.TabularInline):  # type: ignore[type-arg]
    """Let operators enter the rows that belong to a rule."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_operator(request)


def to_preview() -> HttpResponseRedirect:
    """Lead to the page that shows what a change of rules would move."""
    return HttpResponseRedirect(reverse("admin:sla_clock_recompute"))
