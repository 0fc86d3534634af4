"""One page of questions at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from applications.forms.filing import FORMS, CapacityForm
from applications.models import Application
from applications.views.filing.steps import (
    NAMES,
    STEPS,
    frame,
    on_draft,
    onwards,
    posted,
    step_url,
)
from applications.views.tracking import viewer


@sensitive_post_parameters("id_number", "phone", "name")
@on_draft
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, draft: Application, *, step: str) -> HttpResponse:
    """Ask one page of questions; what was typed stays, whatever is wrong with it."""
    if not draft.applicant_kind and "need" in STEPS[NAMES.index(step)].needs:
        return redirect(step_url(draft, "need"))
    form = FORMS[step](posted(request), draft=draft, by=viewer(request))
    if isinstance(form, CapacityForm) and "estimate" in request.POST:
        form = form.with_estimate()
    elif form.is_valid() and form.save():
        return onwards(request, draft, step)
    context = {**frame(request, draft, step), "form": form}
    return render(request, f"filing/{step}.html", context)
