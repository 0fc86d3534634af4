"""Published reliability: looked at by all staff, published by operators."""

from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outages.forms.publication import PublicationForm
from outages.models import ReliabilityYear
from outages.services import publication
from sla.admin.lookers import LookedAtAdmin, actor
from sla.ground.actors import Actor, Role
from sla.ground.errors import Refused
from sla.services import policies


@admin.register(ReliabilityYear)
class ReliabilityYearAdmin(LookedAtAdmin):
    """List what was published; nothing is edited, corrections are new editions."""

    # Everybody else reads the public page.
    lookers = frozenset({Role.OPERATOR})
    list_display = ("year", "edition", "region", "published_at", "reason")
    list_filter = ("year", "region")
    list_select_related = ("region",)
    ordering = ("-year", "-edition", "region")
    change_list_template = "admin/outages/reliabilityyear/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page that publishes."""
        page = self.admin_site.admin_view(self.publish)
        return [
            path("publish/", page, name="outages_reliabilityyear_publish"),
            *super().get_urls(),
        ]

    def publish(self, request: HttpRequest) -> HttpResponse:
        """Ask which year; on confirmation freeze it, or say why it cannot be."""
        if not self.has_view_permission(request):
            raise PermissionDenied(_("年度供电可靠性只能由运维人员发布。"))
        at = timezone.now()
        form = PublicationForm(request.POST or None, at=at)
        if request.method == "POST" and form.is_valid():
            done = _published(form, actor(request), at)
            if done:
                messages.success(request, done)
                return HttpResponseRedirect(
                    reverse("admin:outages_reliabilityyear_changelist")
                )
        context = {
            **self.admin_site.each_context(request),
            "title": _("发布年度供电可靠性"),
            "form": form,
            "opts": ReliabilityYear._meta,
        }
        name = "admin/outages/reliabilityyear/publish.html"
        return TemplateResponse(request, name, context)


def _published(form: forms.Form, by: Actor, at: datetime) -> str:
    """Publish what the form asks; return the sentence, or nothing and the error."""
    given = form.cleaned_data
    try:
        rows = publication.publish(
            given["year"],
            city=policies.home_region(),
            by=by,
            at=at,
            reason=given["reason"],
        )
    except Refused as refused:
        form.add_error(None, refused.reason)
        return ""
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return ""
    return _("%(year)s年第%(edition)s版已公布，共%(count)s个地区。") % {
        "year": given["year"],
        "edition": rows[0].edition,
        "count": len(rows),
    }
