"""Where an application begins, waits, and may be thrown away."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from applications.selectors import brochure, mine
from applications.services import filing
from applications.views.filing.steps import STEPS, on_draft, step_url
from applications.views.tracking import viewer
from sla.ground.actors import Role
from sla.ground.errors import Refused


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what is needed and begin; show the drafts that wait."""
    if getattr(request.user, "role", Role.APPLICANT) != Role.APPLICANT:
        return render(request, "filing/staff.html", status=403)
    if request.method == "POST":
        return _begin(request)
    drafts = mine.drafts_of(viewer(request)) if request.user.is_authenticated else []
    context = {
        "key": uuid.uuid4(),
        "papers": brochure.papers(),
        "limits": brochure.limits(at=timezone.now()),
        "drafts": [(draft, filing.keep_until(draft)) for draft in drafts],
    }
    return render(request, "filing/start.html", context)


@login_required
def _begin(request: HttpRequest) -> HttpResponse:
    """Open a draft under the key of the page, so that a second click opens no other."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    try:
        draft = filing.start(by=viewer(request), at=timezone.now(), key=key)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("filing:start")
    return redirect(step_url(draft, "need"))


@on_draft
@require_safe
def tasks(request: HttpRequest, draft: Application) -> HttpResponse:
    """Show which steps are done, which is next, and which cannot start yet."""
    gaps = {gap.step for gap in filing.gaps(draft)}
    if draft.applicant is None:
        gaps.add("documents")
    rows = [
        {
            "title": step.title,
            "url": step_url(draft, step.name),
            "done": step.name not in gaps and step.name != "check",
            "last": step.name == "check",
            "waits": not gaps.isdisjoint(step.needs),
        }
        for step in STEPS
    ]
    context = {
        "draft": draft,
        "rows": rows,
        "next": next(row for row in rows if not row["done"]),
        "keep_until": filing.keep_until(draft),
    }
    return render(request, "filing/tasks.html", context)


@on_draft
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft: Application) -> HttpResponse:
    """Delete a draft after asking once."""
    if request.method == "POST":
        filing.discard(draft, by=viewer(request))
        messages.success(request, _("草稿已删除，填写的内容和上传的文件都清除了。"))
        return redirect("filing:start")
    return render(request, "filing/discard.html", {"draft": draft})
