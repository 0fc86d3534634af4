"""算一算."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.public import deadlines
from portal.public.forms import DeadlineForm
from sla.engine import day_of
from sla.services import policies
from sla.vocabulary import UserType


@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """Show the calculator, and the answer when a question came with the address."""
    asked = any(name in request.GET for name in DeadlineForm.base_fields)
    if asked:
        form = DeadlineForm(meant(request.GET))
    else:
        today = day_of(timezone.now())
        form = DeadlineForm(initial={"start": today, "by": DeadlineForm.BY_TYPE})
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        context |= answer(form)
    return render(request, "public/deadline.html", context)


def meant(asked: QueryDict) -> QueryDict:
    """Return the question with its way of counting, where an address left it out."""
    if "by" in asked or not (asked.get("days") or asked.get("user_type")):
        return asked
    question = asked.copy()
    by_days = bool(asked.get("days"))
    question["by"] = DeadlineForm.BY_DAYS if by_days else DeadlineForm.BY_TYPE
    return question


def answer(form: DeadlineForm) -> dict[str, object]:
    """Return what the page shows for a valid question."""
    asked, region = form.cleaned_data, policies.home_region()
    start = asked["start"]
    if asked["by"] == DeadlineForm.BY_DAYS:
        estimate = deadlines.by_days(region=region, start=start, days=asked["days"])
        return {"estimates": [estimate], "start": start}
    kind = UserType(asked["user_type"])
    return {
        "estimates": deadlines.by_user_type(region=region, start=start, user_type=kind),
        "sum": deadlines.sum_of_steps(region=region, on=start, user_type=kind),
        "user_type": kind.label,
        "start": start,
    }
