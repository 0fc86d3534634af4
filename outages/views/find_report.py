"""查抢修进度: from what people remember to the page of their report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from outages.forms.find_report import FindReportForm
from outages.selectors import repair_progress
from sla.ground.clients import client_ip


@never_cache
@sensitive_post_parameters("phone", "place")
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the number, or phone and place; show what was found."""
    if request.method != "POST":
        return render(request, "outages/report_find.html", {"form": FindReportForm()})
    form, at = FindReportForm(request.POST), timezone.now()
    found = form.found(client=client_ip(request), at=at) if form.is_valid() else []
    if len(found) == 1:
        return redirect("outages:report-progress", number=found[0].number)
    context = {
        "form": form,
        "nothing": not found and not form.errors,
        "reports": [(report, repair_progress.headline(report)) for report in found],
    }
    return render(request, "outages/report_find.html", context)
