"""算一算."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.public import deadlines
from portal.public.forms import DeadlineForm
from sla.engine import SHANGHAI, CalendarRangeError
from sla.services import policies


@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """Show the calculator, and the answer when a question came with the address."""
    asked = any(name in request.GET for name in DeadlineForm.base_fields)
    if asked:
        form = DeadlineForm(request.GET)
    else:
        today = timezone.now().astimezone(SHANGHAI).date()
        form = DeadlineForm(initial={"start": today, "by": DeadlineForm.BY_TYPE})
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        context |= answer(form)
    return render(request, "public/deadline.html", context)


def answer(form: DeadlineForm) -> dict[str, object]:
    """Return estimates for a valid question; past the calendar it becomes an error."""
    asked, region = form.cleaned_data, policies.home_region()
    start = asked["start"]
    try:
        if asked["by"] == DeadlineForm.BY_DAYS:
            estimates = [
                deadlines.by_days(region=region, start=start, days=asked["days"])
            ]
            return {"estimates": estimates, "start": start}
        kind = asked["user_type"]
        return {
            "estimates": deadlines.by_user_type(
                region=region, start=start, user_type=kind
            ),
            "sum": deadlines.sum_of_steps(region=region, on=start, user_type=kind),
            "user_type": dict(form.fields["user_type"].choices)[kind],  # type: ignore[attr-defined]
            "start": start,
        }
    except CalendarRangeError as refusal:
        form.add_error("start", str(refusal))
        return {}
