"""Rows that are looked at: services write them, so nobody types into them here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from sla.ground.actors import Actor, Role


def actor(request: HttpRequest) -> Actor:
    """Return who is asking; the admin site let nobody in without an account."""
    user = request.user
    assert user.is_authenticated, "AdminSite.admin_view asks first"
    return user


def as_key(text: str) -> int:
    """Return the primary key in an address; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class LookedAtAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Show rows to some roles; nothing is added, edited or deleted field by field."""

    lookers: ClassVar[frozenset[Role]]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let these roles look; which rows, ``get_queryset`` knows."""
        user = request.user
        return user.is_active and getattr(user, "role", "") in self.lookers

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
