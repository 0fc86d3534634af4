"""The list of tickets: by queue and filter, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import F, QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from applications.admin.access import acts
from applications.admin.rows import rows
from applications.admin.workbench import heaps
from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import deadlines, queues
from sla.admin.lookers import actor
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.models import Region
from sla.vocabulary import UserType

URL = "admin:applications_application_changelist"
LAST_LIST = "last_list"  # in the session
PER_PAGE = 50
MOST_EXPORTED = 5000
EVERYTHING = "all"
ORDERS: dict[str, Any] = {
    "due": [F("first_due").asc(nulls_last=True), "submitted_at", "pk"],
    "newest": ["-submitted_at", "pk"],
    "oldest": ["submitted_at", "pk"],
}
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Select:
    """One filter as it is shown: fifty options are not worth a template each."""

    name: str
    id: str
    label: str | Promise
    options: SafeString


ORDER_WORDS = {
    "due": _("最先到期"),
    "newest": _("最新提交"),
    "oldest": _("最早提交"),
}


class FilterForm(forms.Form):
    """Parse the filters of the list; what is not offered is left aside."""

    queue = forms.ChoiceField(required=False)
    status = forms.ChoiceField(label=_("状态"), required=False)
    user_type = forms.ChoiceField(label=_("用户类型"), required=False)
    region = forms.ChoiceField(label=_("所在区"), required=False)
    manager = forms.ChoiceField(label=_("客户经理"), required=False)
    order = forms.ChoiceField(label=_("排序"), required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered: dict[str, Choices] = {}
        every = (("", gettext("全部")),)
        statuses = _words(Status, get_language())
        filed = tuple(choice for choice in statuses if choice[0] != Status.DRAFT)
        self._offer("queue", tuple((q, q) for q in (*queues.QUEUES, EVERYTHING)))
        self._offer("status", every + filed)
        self._offer("user_type", every + _words(UserType, get_language()))
        self._offer("region", (*every, *districts(by)))
        self._offer("manager", (*every, *colleagues(by)))
        self._offer("order", tuple((o, str(word)) for o, word in ORDER_WORDS.items()))

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self._offered[name] = choices

    def selects(self) -> list[Select]:
        """Return the filters that leave a choice."""
        choosable = {n: c for n, c in self._offered.items() if len(c) > 1}
        choosable.pop("queue")  # has its tabs
        return [self._select(self[name], found) for name, found in choosable.items()]

    @staticmethod
    def _select(field: forms.BoundField, choices: Choices) -> Select:
        options = _options(choices, field.value())
        return Select(field.name, field.id_for_label, field.label, options)

    def narrowed(self) -> dict[str, str]:
        """Return the filters in force by field."""
        self.is_valid()
        names = ("status", "user_type", "region", "manager")
        found = {name: self.cleaned_data.get(name, "") for name in names}
        return {name: value for name, value in found.items() if value}

    def chosen(self, name: str, otherwise: str) -> str:
        """Return the queue or order asked for, or the usual one."""
        self.is_valid()
        return self.cleaned_data.get(name) or otherwise


@lru_cache(maxsize=16)
def _words(kind: type[TextChoices], _language: str | None) -> Choices:
    return tuple((value, str(label)) for value, label in kind.choices)


@lru_cache(maxsize=256)
def _options(choices: Choices, chosen: str | None) -> SafeString:
    marked = [(v, " selected" if v == chosen else "", word) for v, word in choices]
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


def districts(by: Actor) -> list[tuple[str, str]]:
    """Return the districts that this person can choose among."""
    found = (
        Region.objects.filter(pk__in=by.district_codes())
        if by.role in STAFF_WHO_ACT
        else Region.objects.filter(parent_id=settings.HOME_REGION)
    )
    return [(region.code, region.name) for region in found.order_by("code")]


def colleagues(by: Actor) -> list[tuple[str, str]]:
    """Return who may have cases, for those who look at other people's cases."""
    if by.role == Role.MANAGER:
        return []
    people = get_user_model()._default_manager.filter(role__in=sorted(STAFF_WHO_ACT))
    if by.role == Role.SUPERVISOR:
        people = people.filter(districts__in=by.district_codes()).distinct()
    return [(str(p.pk), str(p)) for p in people.order_by("staff_no", "pk")]


def last_list(request: HttpRequest) -> str:
    """Return the address of the list looked at last, with its queue and filters."""
    asked = request.session.get(LAST_LIST)
    return f"{reverse(URL)}?{asked}" if asked else reverse(URL)


def _keep_asked(request: HttpRequest) -> None:
    """Keep what was asked for; acts on a ticket lie between it and the way back."""
    asked = request.GET.urlencode()
    if request.session.get(LAST_LIST, "") != asked:
        request.session[LAST_LIST] = asked


@require_GET
def tickets(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Show one page of tickets."""
    by, at = actor(request), timezone.now()
    _keep_asked(request)
    form = FilterForm(request.GET, by=by)
    listed = wanted(form, by=by, at=at)
    queue, counts = form.chosen("queue", "open"), queues.counts(by=by, at=at)
    pages = Paginator(listed, PER_PAGE)
    if queue in counts and not form.narrowed():
        pages.count = counts[queue]
    page = pages.get_page(request.GET.get("page"))
    lines = deadlines.tickets(page.object_list, at=at)
    context = {
        **site.each_context(request),
        "title": _("申请列表"),
        "form": form,
        "queue": queue,
        "filtered": bool(form.narrowed()),
        "heaps": heaps(counts, by=by),
        "page": page,
        "most": MOST_EXPORTED if page.paginator.count > MOST_EXPORTED else None,
        "rows": rows(lines, by=by),
        "acts": acts(by),
        "assigns": by.role == Role.SUPERVISOR,
    }
    return TemplateResponse(request, "admin/tickets.html", context)


def wanted(form: FilterForm, *, by: Actor, at: datetime) -> QuerySet[Application]:
    """Return the tickets that the filters ask for, in the order asked for."""
    queue, order = form.chosen("queue", "open"), form.chosen("order", "due")
    found = queues.by_due(reach(queue, by=by, at=at)).filter(**_conditions(form))
    return queues.listed(found).order_by(*ORDERS[order])


def reach(queue: str, *, by: Actor, at: datetime) -> QuerySet[Application]:
    """Return a queue, or everything that was ever filed."""
    if queue == EVERYTHING:
        return Application.objects.visible_to(by)
    return queues.in_queue(queue, by=by, at=at)


def _conditions(form: FilterForm) -> dict[str, str]:
    columns = {"region": "region_id", "manager": "manager_id"}
    return {columns.get(name, name): value for name, value in form.narrowed().items()}
