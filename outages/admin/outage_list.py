"""The list of outages: by kind, status, district and notice, what is latest first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from outages.admin.access import require_keeper, within_reach
from outages.lifecycles.outage import Status
from outages.models import Interruption
from outages.models.outage import MOMENT, OutageQuerySet
from outages.vocabulary import Exclusion, OutageKind
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.ground.numbers import normalise
from sla.models import Region

PER_PAGE = 50
EVERY = [("", _("全部"))]
# What waits for somebody, as tabs: name, words, and which those are.
HEAPS: tuple[tuple[str, Any, Callable[[OutageQuerySet, datetime], Any]], ...] = (
    ("", _("全部"), lambda rows, at: rows),
    ("drafted", _("待批准"), lambda rows, at: rows.filter(status=Status.DRAFTED)),
    ("approved", _("待公告"), lambda rows, at: rows.filter(status=Status.APPROVED)),
    ("announced", _("已公告"), lambda rows, at: rows.coming(at)),
    # Nobody pressed anything: to be called off, or drafted anew.
    ("lapsed", _("过时未停"), lambda rows, at: rows.lapsed(at)),
    ("out", _("停电中"), lambda rows, at: rows.out_now()),
    (
        "claimed",
        _("剔除待复核"),
        lambda rows, at: rows.filter(exclusion=Exclusion.CLAIMED),
    ),
    ("restored", _("待复核"), lambda rows, at: rows.filter(status=Status.RESTORED)),
)


class FilterForm(forms.Form):
    """Parse the filters of the list; what is not offered is left aside."""

    heap = forms.ChoiceField(
        required=False, choices=[(name, words) for name, words, _those in HEAPS]
    )
    kind = forms.ChoiceField(
        label=_("类型"), required=False, choices=EVERY + OutageKind.choices
    )
    status = forms.ChoiceField(
        label=_("状态"), required=False, choices=EVERY + Status.choices
    )
    region = forms.ChoiceField(label=_("所在区"), required=False)
    late = forms.ChoiceField(
        label=_("公告"), required=False, choices=[*EVERY, ("1", _("迟公告"))]
    )
    number = forms.CharField(label=_("编号"), required=False, max_length=30)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*EVERY, *districts(by)]

    def chosen(self) -> dict[str, str]:
        """Return the filters in force by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def districts(by: Actor) -> list[tuple[str, str]]:
    """Return the districts that this person can choose among."""
    found = (
        Region.objects.filter(pk__in=by.district_codes())
        if by.role in STAFF_WHO_ACT
        else Region.objects.filter(parent_id=settings.HOME_REGION)
    )
    return [(region.code, region.name) for region in found.order_by("code")]


@require_GET
def outages(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Show one page of outages."""
    by = require_keeper(request)
    form = FilterForm(request.GET, by=by)
    chosen = form.chosen()
    heap = chosen.pop("heap", "")
    reach = within_reach(by)
    at = timezone.now()
    found = _wanted(reach, chosen, heap, at).order_by(MOMENT.desc(), "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": pgettext_lazy("several", "停电"),
        "form": form,
        "heap": heap,
        "heaps": _heaps(reach, at),
        "filtered": bool(chosen),
        "page": page,
        "late": found.filter(late_notice=True).count(),
        "now": at,
    }
    return TemplateResponse(request, "admin/outages/outages.html", context)


def _wanted(
    reach: OutageQuerySet, chosen: dict[str, str], heap: str, at: datetime
) -> OutageQuerySet:
    those = next(those for name, _words, those in HEAPS if name == heap)
    found: OutageQuerySet = those(reach, at)
    if "number" in chosen:
        found = found.filter(number=_number(chosen["number"]))
    if "region" in chosen:
        there = Interruption.objects.filter(
            outage=OuterRef("pk"), region=chosen["region"]
        )
        found = found.filter(Exists(there))
    if "late" in chosen:
        found = found.filter(late_notice=True)
    exact = {name: chosen[name] for name in ("kind", "status") if name in chosen}
    return found.filter(**exact)


def _number(typed: str) -> str:
    return normalise(typed, "TD") or typed.strip().upper()


def _heaps(reach: OutageQuerySet, at: datetime) -> list[dict[str, Any]]:
    """Return the tabs; only what waits is counted, the history is long."""
    return [
        {
            "name": name,
            "words": words,
            "count": those(reach, at).count() if name else None,
        }
        for name, words, those in HEAPS
    ]
