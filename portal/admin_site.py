"""The admin site customer managers work in."""

from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from portal.accounts.models import User

# Tables of packages (groups, permissions, lockouts) have no page here: what somebody
# may do follows from the role alone.
OWN_APPS = frozenset(
    {"accounts", "applications", "notices", "outages", "sla", "supervision"}
)


class Workbench(Protocol):
    """What the site asks of the page of the tickets, which registers itself here."""

    def workbench(self, request: HttpRequest) -> TemplateResponse:
        """Return the first page of staff."""


class BandianAdminSite(AdminSite):
    """Serve the manager's workbench; the role decides who comes in."""

    site_header = _("办电 · 业务工作台")
    site_title = _("办电")
    index_title = _("工作台")
    enable_nav_sidebar = False

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        """Take in the pages of our own apps only."""
        one = isinstance(model_or_iterable, ModelBase)
        models: list[type[Model]] = (
            [model_or_iterable] if one else list(model_or_iterable)
        )
        own = [model for model in models if model._meta.app_label in OWN_APPS]
        super().register(own, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let active staff in; applicants have pages of their own."""
        user = request.user
        return isinstance(user, User) and user.is_active and user.is_person_of_staff

    def each_context(self, request: Any) -> dict[str, Any]:
        """Return what every page of the admin knows; the list of apps only if asked."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "available_apps": SimpleLazyObject(lambda: self.get_app_list(request)),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuse what no database can look for, before a filter or field takes it."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def readable(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest
            answer: HttpResponseBase = guarded(request, *args, **kwargs)
            return answer

        return readable

    def get_urls(self) -> list[Any]:
        """Leave out the redirect to any object by its type and key."""
        named = super().get_urls()
        return [url for url in named if getattr(url, "name", "") != "view_on_site"]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the workbench of the tickets."""
        tickets = cast("Workbench", self.get_model_admin(Application))
        return tickets.workbench(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Lead to the sign-in of staff, with where the person was going."""
        there = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        query = urlencode({REDIRECT_FIELD_NAME: there})
        return HttpResponseRedirect(f"{reverse('staff-sign-in')}?{query}")
