"""The steps of an application: their order, their addresses, whose they are."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from applications.lifecycle import Status
from applications.models import Application
from applications.services import filing


@dataclass(frozen=True, slots=True)
class Step:
    """One page of an application; ``needs`` names the steps that come before it."""

    name: str
    title: str | Promise
    needs: tuple[str, ...] = ()


STEPS = (
    Step("need", _("谁用电、做什么用")),
    Step("capacity", _("需要多大的电"), ("need",)),
    Step("site", _("在哪里用电")),
    Step("person", _("申请人"), ("need",)),
    Step("documents", _("材料"), ("need", "person")),
    Step(
        "check",
        _("核对并提交"),
        ("need", "capacity", "site", "person", "documents"),
    ),
)
NAMES = [step.name for step in STEPS]
QUESTIONS = frozenset({"need", "capacity", "site", "person"})

View = Callable[..., HttpResponse]


def on_draft(view: View) -> View:
    """Hand a view one's own draft: another's is a 404, a filed one shows its number."""

    @never_cache
    @login_required
    @wraps(view)
    def with_draft(
        request: HttpRequest, key: uuid.UUID, **more: object
    ) -> HttpResponse:
        draft = own(request, key)
        if draft.status != Status.DRAFT:
            return redirect("filing:done", key=key)
        return view(request, draft, **more)

    return with_draft


def own(request: HttpRequest, key: uuid.UUID) -> Application:
    """Return this person's application under a key, or raise Http404."""
    mine = Application.objects.filter(filed_by_id=request.user.pk)
    return get_object_or_404(
        mine.select_related("region", "applicant"), submission_key=key
    )


def step_url(draft: Application, name: str) -> str:
    """Return the address of a step."""
    key = draft.submission_key
    if name in QUESTIONS:
        return reverse("filing:answer", kwargs={"key": key, "step": name})
    return reverse(f"filing:{name}", kwargs={"key": key})


def frame(request: HttpRequest, draft: Application, name: str) -> dict[str, Any]:
    """Return what the head of a step shows: where one is, and the way back."""
    place = NAMES.index(name)
    back = reverse("filing:tasks", kwargs={"key": draft.submission_key})
    if place:
        back = step_url(draft, NAMES[place - 1])
    if wants_check(request):
        back = step_url(draft, "check")
    return {
        "draft": draft,
        "step": STEPS[place],
        "place": place + 1,
        "places": len(STEPS),
        "back": back,
        "keep_until": filing.keep_until(draft),
    }


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it nothing but a press of the button; None to look."""
    return request.POST if request.method == "POST" else None


def wants_check(request: HttpRequest) -> bool:
    """Tell whether this page was opened by 修改 on the last one."""
    return request.GET.get("then") == "check"


def onwards(request: HttpRequest, draft: Application, name: str) -> HttpResponse:
    """Go to the next step, or back to the last page if one came from there.

    Where the change opened new questions, they are asked first.
    """
    if not wants_check(request):
        return redirect(step_url(draft, NAMES[NAMES.index(name) + 1]))
    gaps = filing.gaps(draft)
    there = step_url(draft, gaps[0].step if gaps else "check")
    return redirect(f"{there}?then=check" if gaps else there)
