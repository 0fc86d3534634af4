"""Regions in the admin."""

from django.contrib import admin

from sla.admin.operators import RulesAdmin
from sla.models import Region


@admin.register(Region)
class RegionAdmin(RulesAdmin):
    """List and edit regions."""

    list_display = ("code", "name", "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    ordering = ("code",)
    autocomplete_fields = ("parent",)
