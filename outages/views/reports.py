"""报修: what, where, who waits; then how far the repair is."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from outages.forms.report import DetailsForm, WhereForm
from outages.models import Account, FaultReport, Premises
from outages.permissions import repairs
from outages.selectors import known_places, places, repair_progress
from outages.services import reporting
from outages.vocabulary import Trouble
from sla.ground import numbers, uploads
from sla.ground.clients import client_ip
from sla.ground.downloads import handed_out
from sla.ground.errors import TooOften
from sla.ground.masking import mask_address, mask_phone

ANSWERS, OWN = "fault_answers", "fault_reports"
OWN_AT_MOST = 20
SUGGESTED = 6

# What people see of each trouble: a picture and their own words.
PICTURES = (
    (Trouble.HOME, "house-door-fill", gettext_lazy("只有我家没电")),
    (Trouble.BUILDING, "building-fill", gettext_lazy("整栋楼没电")),
    (Trouble.NEIGHBOURHOOD, "houses-fill", gettext_lazy("周围一片都没电")),
    (Trouble.VOLTAGE, "lightning-charge-fill", gettext_lazy("灯忽明忽暗")),
    (Trouble.DANGER, "exclamation-triangle-fill", gettext_lazy("电线掉落、冒火花")),
    (Trouble.STREET_LIGHT, "lamp-fill", gettext_lazy("路灯不亮")),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far; it waits in the session, never in an address."""

    trouble: str
    place: str = ""
    region: str = ""
    premises: int | None = None
    account: int | None = None

    @property
    def danger(self) -> bool:
        return self.trouble == Trouble.DANGER

    @property
    def street_light(self) -> bool:
        return self.trouble == Trouble.STREET_LIGHT

    @property
    def label(self) -> str:
        return str(Trouble(self.trouble).label)


def _answers(request: HttpRequest) -> Answers | None:
    kept = request.session.get(ANSWERS)
    return Answers(**kept) if kept else None


def _keep(request: HttpRequest, answers: Answers) -> None:
    request.session[ANSWERS] = asdict(answers)


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Ask what happened, in pictures with words."""
    return render(request, "outages/report.html", {"pictures": PICTURES})


# -- Where -----------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Ask where it is; look the address up."""
    trouble = request.GET.get("trouble", "")
    if trouble not in Trouble.values:
        return redirect("outages:report")
    answers = Answers(trouble)
    if request.method == "POST":
        form = WhereForm(request.POST, spot=answers.street_light)
        if form.is_valid():
            return _look_up(request, answers, form)
    else:
        form = WhereForm(initial=_earlier(request), spot=answers.street_light)
    return _ask_where(request, answers, form)


def _earlier(request: HttpRequest) -> dict[str, str]:
    """Return what was typed before, when somebody comes back to correct it."""
    before = _answers(request)
    return {"place": before.place, "region": before.region} if before else {}


def _ask_where(request: HttpRequest, answers: Answers, form: WhereForm) -> HttpResponse:
    mine = [] if answers.street_light else known_places.of(request.user.pk)
    context = {"answers": answers, "form": form, "mine": mine}
    return render(request, "outages/report_where.html", context)


def _look_up(request: HttpRequest, answers: Answers, form: WhereForm) -> HttpResponse:
    """Go on with the 户号 or address that was meant; ask back where it is not clear."""
    place, region = form.cleaned_data["place"], form.cleaned_data["region"]
    found = Answers(answers.trouble, place, region)
    if answers.street_light:
        return _go_on(request, found)
    account = places.find_account(place)
    if account is not None:
        return _go_on(request, _at_account(found, account))
    matches = places.find_premises(place, region=region or None, most=SUGGESTED)
    meant = places.searchable(place)
    if len(matches) == 1 and matches[0].searched == meant:
        return _go_on(request, _at_premises(found, matches[0]))
    if matches:
        _keep(request, found)
        return redirect("outages:report-which")
    if not region:
        form.add_error("region", _("没有查到这个地址，请选择在哪个区，也能报修。"))
        return _ask_where(request, answers, form)
    return _go_on(request, found)


def _at_account(found: Answers, account: Account) -> Answers:
    # The number stays out of the words: it would stand on the progress page.
    return Answers(found.trouble, "", account.transformer.region_id, account=account.pk)


def _at_premises(found: Answers, premises: Premises) -> Answers:
    return Answers(found.trouble, found.place, premises.region_id, premises.pk)


def _go_on(request: HttpRequest, answers: Answers) -> HttpResponse:
    _keep(request, answers)
    return redirect("outages:report-details")


@never_cache
@require_http_methods(["GET", "POST"])
def which(request: HttpRequest) -> HttpResponse:
    """Offer the addresses that may be meant, and "none of these"."""
    answers = _answers(request)
    if answers is None:
        return redirect("outages:report")
    matches = places.find_premises(
        answers.place, region=answers.region or None, most=SUGGESTED
    )
    if request.method == "POST":
        chosen = request.POST.get("premises", "")
        for premises in matches:
            if str(premises.pk) == chosen:
                return _go_on(request, _at_premises(answers, premises))
        if answers.region:
            return _go_on(request, answers)
        form = WhereForm({"place": answers.place, "region": ""})
        form.add_error("region", _("请选择在哪个区，抢修人员要靠它找到您。"))
        return _ask_where(request, answers, form)
    context = {"answers": answers, "matches": matches}
    return render(request, "outages/report_which.html", context)


@never_cache
@require_http_methods(["POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Take an address that the person signed in used before."""
    trouble = request.POST.get("trouble", "")
    if trouble not in Trouble.values:
        return redirect("outages:report")
    for known in known_places.of(request.user.pk):
        if known.key == request.POST.get("known"):
            answers = Answers(
                trouble, known.place, known.region, known.premises, known.account
            )
            return _go_on(request, answers)
    return redirect("outages:report")


# -- Who waits -------------------------------------------------------------------------
@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Ask for the phone and what else matters; then report."""
    answers = _answers(request)
    if answers is None or not (answers.region or answers.account):
        return redirect("outages:report")
    if request.method == "POST":
        form = DetailsForm(request.POST, request.FILES)
        if form.is_valid():
            return _report(request, answers, form, timezone.now())
        return _ask_details(request, answers, form)
    phone = getattr(request.user, "phone", None) or ""
    form = DetailsForm(initial={"phone": phone.removeprefix("+86")})
    return _ask_details(request, answers, form)


def _ask_details(
    request: HttpRequest, answers: Answers, form: DetailsForm, status: int = 200
) -> HttpResponse:
    context = {"answers": answers, "place": _place_of(answers), "form": form}
    return render(request, "outages/report_details.html", context, status=status)


def _place_of(answers: Answers) -> str:
    """Say where the crew will go, as far as it is known."""
    if answers.account is not None:
        rows = Account.objects.select_related("premises", "transformer")
        return places.told(rows.get(pk=answers.account))
    return answers.place


def _report(
    request: HttpRequest, answers: Answers, form: DetailsForm, at: datetime
) -> HttpResponse:
    asked = form.cleaned_data
    try:
        report = reporting.report(
            trouble=answers.trouble,
            region=answers.region,
            place=answers.place,
            account=Account.objects.filter(pk=answers.account or 0).first(),
            premises=Premises.objects.filter(pk=answers.premises or 0).first(),
            phone=asked["phone"],
            importance=asked["importance"],
            description=asked["description"],
            photo=asked["photo"],
            reporter=request.user if request.user.is_authenticated else None,
            client=client_ip(request),
            at=at,
        )
    except ValidationError as refused:
        form.take_back(refused.message_dict)
        return _ask_details(request, answers, form)
    except TooOften as refused:
        form.add_error(None, refused.reason)
        return _ask_details(request, answers, form, status=429)
    request.session.pop(ANSWERS, None)
    own = [n for n in request.session.get(OWN, []) if n != report.number]
    request.session[OWN] = [*own, report.number][-OWN_AT_MOST:]
    messages.success(request, _("报修已收到。请记下编号，凭它随时查进度。"))
    return redirect("outages:report-progress", number=report.number)


# -- How far it is ---------------------------------------------------------------------
def _found(number: str) -> FaultReport:
    proper = numbers.normalise(number, "BX")
    report = repair_progress.find(proper) if proper else None
    if report is None:
        raise Http404(number)
    return report


def _is_own(request: HttpRequest, report: FaultReport) -> bool:
    """Tell whether this browser, or this account, made the report."""
    signed_in = request.user.is_authenticated and request.user.pk == report.reporter_id
    return signed_in or report.number in request.session.get(OWN, [])


@never_cache
@require_safe
def progress(request: HttpRequest, number: str) -> HttpResponse:
    """Show how far a repair is; what was said, to whoever said it alone."""
    report = _found(number)
    if number != report.number:
        return redirect("outages:report-progress", number=report.number)
    return render(request, "outages/report_progress.html", _context(request, report))


@never_cache
@require_safe
def status(request: HttpRequest, number: str) -> HttpResponse:
    """Show the status alone, for a page that keeps itself up to date."""
    report = _found(number)
    context = _context(request, report)
    if request.GET.get("seen") != context["progress"].seen:
        return HttpResponseClientRefresh()
    return render(request, "outages/report_status.html", context)


def _context(request: HttpRequest, report: FaultReport) -> dict[str, Any]:
    at, own = timezone.now(), _is_own(request, report)
    # A 户号 is no proof of living there: the address behind it was not typed.
    typed = own and report.account_id is None
    return {
        "at": at,
        "report": report,
        "progress": repair_progress.read(report, at=at),
        "own": own,
        "place": report.place if typed else mask_address(report.place),
        "phone": mask_phone(report.phone) if own and report.phone else "",
        "source": repair_progress.source(),
    }


@never_cache
@require_safe
def photo(request: HttpRequest, number: str) -> HttpResponseBase:
    """Hand out a picture to whoever took it and to those who repair there."""
    report = _found(number)
    allowed = _is_own(request, report) or repairs.sees(request.user, report)
    if not report.photo or not allowed:
        raise Http404(number)
    extension = report.photo.name.rpartition(".")[2]
    return handed_out(
        report.photo,
        name=f"{report.number}.{extension}",
        content_type=uploads.CONTENT_TYPES[extension],
    )
