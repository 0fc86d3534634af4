"""材料: one file a request, saved at once; or promised for later."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications import catalogue
from applications.forms.filing import PapersForm, UploadForm
from applications.models import Application
from applications.services import documents
from applications.views.filing.steps import (
    frame,
    on_draft,
    onwards,
    posted,
    step_url,
)
from applications.views.tracking import viewer
from sla.ground.asking import Together


@on_draft
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, draft: Application) -> HttpResponse:
    """Show the checklist; keep the promises and go on when nothing is lacking."""
    if draft.applicant is None:
        return redirect(step_url(draft, "person"))
    form = PapersForm(posted(request), draft=draft, by=viewer(request))
    if form.is_valid() and form.save():
        return onwards(request, draft, "documents")
    return _show(request, draft, form=form)


@on_draft
@require_POST
def upload(request: HttpRequest, draft: Application, *, kind: str) -> HttpResponse:
    """Keep one file for one paper; say at the paper what was wrong with it."""
    if kind not in catalogue.read("documents")["kinds"]:
        raise Http404
    form = UploadForm(request.POST, request.FILES, draft=draft, kind=kind)
    if form.is_valid() and form.save(by=viewer(request), at=timezone.now()):
        page = reverse("filing:documents", kwargs={"key": draft.submission_key})
        query = request.GET.urlencode()
        return redirect(
            f"{page}?{query}#paper-{kind}" if query else f"{page}#paper-{kind}"
        )
    return _show(request, draft, wrong=form)


def _show(
    request: HttpRequest,
    draft: Application,
    *,
    form: PapersForm | None = None,
    wrong: UploadForm | None = None,
) -> HttpResponse:
    items = documents.checklist(draft)
    promises = form or PapersForm(draft=draft, by=viewer(request))
    uploads = {item.kind: UploadForm(draft=draft, kind=item.kind) for item in items}
    for lacking, sentence in promises.lacking.items():
        uploads[lacking] = UploadForm.of_lacking(draft, lacking, sentence)
    if wrong is not None:
        uploads[wrong.kind] = wrong
    context: dict[str, Any] = {
        **frame(request, draft, "documents"),
        "form": Together([*uploads.values(), promises]),
        "promises": promises,
        "promise": _(catalogue.read("documents")["promise"]),
        "items": [
            {
                "paper": item,
                "form": uploads[item.kind],
                "promised": item.kind in promises.ticked,
                "url": reverse(
                    "filing:upload",
                    kwargs={"key": draft.submission_key, "kind": item.kind},
                ),
            }
            for item in items
        ],
        "some_deferrable": any(i.deferrable and not i.documents for i in items),
    }
    return render(request, "filing/documents.html", context)
