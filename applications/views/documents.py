"""Papers: handed out to whom they concern, each time asked anew."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application, Document
from applications.services import documents
from applications.views.filing.steps import step_url
from applications.views.tracking import viewer
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.ground.downloads import handed_out
from sla.ground.errors import Refused

# Regulators and operators see cases, not the identity papers of those who filed them.
READERS = STAFF_WHO_ACT | {Role.APPLICANT}


def visible(pk: int, by: Actor) -> Document:
    """Return a paper of an application this person may see, or raise Http404."""
    papers = Document.objects.filter(
        application__in=Application.objects.visible_to(by), removed_at__isnull=True
    )
    return get_object_or_404(papers.select_related("application"), pk=pk)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out one file, never to be opened in the portal's own name."""
    by = viewer(request)
    paper = visible(pk, by)
    if by.role not in READERS:
        raise Refused(_("材料原件含个人信息，只对申请人和负责该区的工作人员开放。"))
    return handed_out(
        paper.file, name=paper.original_name, content_type=paper.content_type
    )


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper back that has not been filed yet."""
    by = viewer(request)
    paper = visible(pk, by)
    try:
        documents.remove(paper, by=by, at=timezone.now())
    except (Refused, ValidationError) as refusal:
        reasons = getattr(refusal, "messages", [str(refusal)])
        messages.error(request, " ".join(reasons))
    if paper.application.number is not None:
        return redirect("application-papers", number=paper.application.number)
    there = step_url(paper.application, "documents")
    return redirect(f"{there}#paper-{paper.kind}")
