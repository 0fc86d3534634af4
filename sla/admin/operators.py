"""Who may change the rules everybody is measured by: operators, and nobody else."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from sla.forms import RuleForm
from sla.ground.actors import Role


def is_operator(request: HttpRequest) -> bool:
    """Tell whether this person keeps the rules."""
    user = request.user
    return user.is_active and getattr(user, "role", "") == Role.OPERATOR


def by(request: HttpRequest) -> str:
    """Name the person for ledgers: staff number and name."""
    label = getattr(request.user, "label", None)
    return str(label() if label else request.user)[:80]


class RulesAdmin(SimpleHistoryAdmin):
    """Let operators change rules; every change is kept in the history.

    A former state is looked at. Putting it back from there would go past versions,
    checks and preview, so whoever wants it edits the rule.
    """

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

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what a rule has been."""
        self._require_key(unquote(object_id))
        page: HttpResponse = super().history_view(request, object_id, extra_context)
        return page

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: Any = None,
    ) -> HttpResponse:
        """Show one former state."""
        if request.method == "POST":
            raise PermissionDenied
        self._require_key(object_id)
        if not version_id.isdecimal():
            raise Http404
        page: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return page

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """Offer no button to put a former state back."""
        return True

    def _require_key(self, text: str) -> None:
        try:
            self.opts.pk.to_python(text)
        except ValidationError as nonsense:
            raise Http404 from nonsense


class VersionedAdmin(RulesAdmin):
    """Let operators change a rule that counts its versions, each on the last one."""

    form = RuleForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Carry along which version lies open, where one is edited."""
        shown = list(super().get_fields(request, obj))
        edited = obj is not None and self.has_change_permission(request, obj)
        return [*shown, "seen"] if edited else shown


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
