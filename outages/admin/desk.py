"""A desk: the page of one row, and each act allowed now with its form."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from outages import permissions
from outages.forms.act import ActForm
from outages.lifecycles.acts import ActFacts
from outages.models import GovernanceCase, Outage, RepairOrder
from outages.selectors.offers import offers
from sla.admin.lookers import LookedAtAdmin, actor, as_key
from sla.ground.actors import Actor
from sla.ground.errors import OutOfOrder, Refused

Row = TypeVar("Row", Outage, RepairOrder, GovernanceCase)


@dataclass(frozen=True, slots=True)
class Opened:
    """The act that lies open on the page: its form, and what was answered to it."""

    action: str
    form: ActForm
    allowed: bool = True
    notice: str = ""

    @property
    def facts(self) -> ActFacts:
        return permissions.book_of(self.form.row).acts[self.action]

    @property
    def label(self) -> str:
        return str(self.facts.label)

    @property
    def danger(self) -> bool:
        return self.facts.danger

    @property
    def shown_fields(self) -> list[Any]:
        """Return what this act asks; nothing where it is not due and nobody typed."""
        if not self.allowed and not self.form.is_bound:
            return []
        return self.form.visible_fields()


class DeskAdmin(LookedAtAdmin, Generic[Row]):
    """Serve the page of a row and its acts; what is refused says why, and stays typed.

    A desk names the forms of its acts and its template, keeps ``get_queryset`` to what
    lies within reach, and says in ``told`` what its page shows beside the acts.
    """

    act_forms: ClassVar[Mapping[str, type[ActForm]]]
    page_template: ClassVar[str]

    @abstractmethod
    def told(self, row: Row, *, by: Actor, at: datetime) -> dict[str, Any]:
        """Return what the page of a row shows beside its acts."""

    def row(self, request: HttpRequest, pk: int) -> Row:
        """Return a row within reach; what lies elsewhere does not exist here."""
        found: Row = get_object_or_404(self.get_queryset(request), pk=pk)
        return found

    def named(self, page: str) -> str:
        """Return the name of an address, as Django names those of this model."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def address(
        self, route: str, view: Callable[..., HttpResponse], page: str
    ) -> URLPattern:
        """Return the address of a page of this desk, inside the admin."""
        return path(route, self.admin_site.admin_view(view), name=self.named(page))

    def get_urls(self) -> list[URLPattern]:
        """Add the acts to what Django offers."""
        route = "<int:pk>/act/<str:action>/"
        return [self.address(route, self.act_view, "act"), *super().get_urls()]

    @method_decorator(require_safe)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one row."""
        return self.page(request, self.row(request, as_key(object_id)))

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the row, whose page holds its history."""
        return self.change_view(request, object_id)

    @method_decorator(require_http_methods(["GET", "POST"]))
    def act_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Open the form of one act, or perform it."""
        row = self.row(request, pk)
        if action not in self.act_forms:
            raise Http404
        if request.method == "POST":
            return self._perform(request, row, action)
        by, at = actor(request), timezone.now()
        allowed, reason = permissions.can(action, row, by=by, at=at)
        opened = Opened(action, self.act_forms[action](row=row, at=at), allowed, reason)
        return self.page(request, row, opened, status=200 if allowed else 403)

    def _perform(self, request: HttpRequest, row: Row, action: str) -> HttpResponse:
        at = timezone.now()
        opened = Opened(action, self.act_forms[action](request.POST, row=row, at=at))
        try:
            if opened.form.is_valid():
                opened.form.perform(by=actor(request), at=at)
                return self._done(request, row.pk, opened)
        except Refused as refusal:
            return self._refused(request, row.pk, action, refusal)
        except ValidationError as error:
            opened.form.take_back(error)
        return self.page(request, self.row(request, row.pk), opened)

    def _done(self, request: HttpRequest, pk: int, opened: Opened) -> HttpResponse:
        row = self.row(request, pk)
        said = _("已办理“%(act)s”，%(what)s现为“%(status)s”。") % {
            "act": opened.label,
            "what": permissions.book_of(row).name,
            "status": row.get_status_display(),
        }
        messages.success(request, said)
        return redirect(f"admin:{self.named('change')}", pk)

    def _refused(
        self, request: HttpRequest, pk: int, action: str, refusal: Refused
    ) -> HttpResponse:
        """Show the row as it is now, the reason, and everything that was typed."""
        row, by, at = self.row(request, pk), actor(request), timezone.now()
        typed = request.POST.copy()
        typed["seen"] = str(row.last_seq)
        form = self.act_forms[action](typed, row=row, at=at)
        allowed, _reason = permissions.can(action, row, by=by, at=at)
        opened = Opened(action, form, allowed, refusal.reason)
        status = 409 if isinstance(refusal, OutOfOrder) else 403
        return self.page(request, row, opened, status=status)

    def page(
        self,
        request: HttpRequest,
        row: Row,
        opened: Opened | None = None,
        *,
        status: int = 200,
        **besides: Any,
    ) -> HttpResponse:
        """Return the page of a row; ``besides`` replaces what ``told`` would show."""
        by, at = actor(request), timezone.now()
        offered = offers(row, by=by, at=at)
        context = {
            **self.admin_site.each_context(request),
            "title": row.number,
            "onward": [o for o in offered if o.allowed and o.moves],
            "beside": [o for o in offered if o.allowed and not o.moves],
            "grey": [o for o in offered if not o.allowed],
            "desk": opened,
            "key": row.pk,
            "act_url": f"admin:{self.named('act')}",
            "page_url": f"admin:{self.named('change')}",
            **self.told(row, by=by, at=at),
            **besides,
        }
        return TemplateResponse(request, self.page_template, context, status=status)
