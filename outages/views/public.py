"""我家停电了吗: the lists, the question and its answer."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from outages.forms.search import SearchForm
from outages.models import FaultReport, Outage
from outages.selectors import answer, districts, repair_progress, shown
from outages.selectors.answer import Answer
from outages.selectors.shown import Card

PER_PAGE = 10
# More digits than any key of the tables has.
LONGEST_KEY = 18


@dataclass(frozen=True, slots=True)
class Section:
    """One list on the page, with its own pages."""

    key: str
    title: str | Promise
    page: Page[Outage]
    cards: list[Card]
    previous: str
    following: str
    none: str | Promise
    none_icon: str


def _section(
    asked: QueryDict,
    outages: QuerySet[Outage],
    at: datetime,
    words: tuple[str, str | Promise, str | Promise, str],
) -> Section:
    key, title, none, icon = words
    page = Paginator(outages, PER_PAGE).get_page(asked.get(key))
    return Section(
        key=key,
        title=title,
        page=page,
        cards=shown.cards(page.object_list, at=at),
        previous=_link(asked, key, page.number - 1),
        following=_link(asked, key, page.number + 1),
        none=none,
        none_icon=icon,
    )


def _link(asked: QueryDict, key: str, number: int) -> str:
    there = asked.copy()
    there[key] = str(number)
    return f"?{there.urlencode()}#{key}"


def sections(asked: QueryDict, district: str, at: datetime) -> list[Section]:
    """Return the three lists: out now, announced, restored."""
    return [
        _section(
            asked,
            shown.out_now(district),
            at,
            ("out", _("正在停电"), _("现在没有停电"), "check-circle"),
        ),
        _section(
            asked,
            shown.ahead(at, district),
            at,
            ("ahead", _("未来7天计划停电"), _("未来7天没有计划停电"), "calendar-check"),
        ),
        _section(
            asked,
            shown.restored(at, district),
            at,
            ("over", _("最近3天恢复供电"), _("最近3天没有停过电"), "check-circle"),
        ),
    ]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Ask for the place and answer; list what is out, announced and restored."""
    at, names = timezone.now(), districts.names()
    district = request.GET.get("district", "")
    district = district if district in names else ""
    if "place" in request.GET:
        return _at_place(request, request.GET["place"], at)
    if "q" in request.GET:
        return _asked(request, at)
    context = {
        "form": SearchForm(initial={"district": district}),
        "district": district,
        "district_name": names.get(district, ""),
        "districts": names,
        "sections": sections(request.GET, district, at),
        "own": answer.of_user(request.user.pk, at=at) if request.user.pk else [],
        "at": at,
    }
    return render(request, "outages/index.html", context)


def _asked(request: HttpRequest, at: datetime) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "outages/answer.html", {"form": form, "at": at})
    meant = answer.meant(form.cleaned_data["q"], district=form.cleaned_data["district"])
    if meant.outage:
        return redirect("outages:one", number=meant.outage)
    if meant.report:
        return redirect("outages:report-progress", number=meant.report)
    found: Answer | None = None
    reports: list[FaultReport] = []
    if meant.account is not None:
        found = answer.by_account(meant.account, at=at)
        reports = repair_progress.of_account(meant.account, at=at)
    elif len(meant.premises) == 1:
        found = answer.by_premises(meant.premises[0], at=at)
    choices = answer.choices(meant.premises, at=at) if found is None else []
    if len(choices) == 1:
        found = answer.by_choice(choices[0].key, at=at)
    context = {
        "form": form,
        "meant": meant,
        "choices": choices[: answer.MOST_PLACES],
        "more": len(choices) > answer.MOST_PLACES
        or len(meant.premises) == answer.MOST_HOUSES,
        "answer": found,
        "reports": [(each, repair_progress.headline(each)) for each in reports],
        "at": at,
    }
    return render(request, "outages/answer.html", context)


def _at_place(request: HttpRequest, place: str, at: datetime) -> HttpResponse:
    is_key = place.isascii() and place.isdigit() and len(place) < LONGEST_KEY
    found: Answer | None = None
    if is_key and "all" in request.GET:
        found = answer.by_choice(int(place), at=at)
    elif is_key and (premises := answer.at_place(int(place))) is not None:
        found = answer.by_premises(premises, at=at)
    if found is None:
        raise Http404(place)
    context = {
        "form": SearchForm(initial={"q": found.compound or found.place}),
        "answer": found,
        "at": at,
    }
    return render(request, "outages/answer.html", context)
