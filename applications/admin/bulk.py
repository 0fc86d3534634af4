"""Many tickets at once: shown first, then done one by one, each with its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import permissions
from applications.lifecycle import ACTIONS
from applications.models import Application
from applications.services import casework
from sla.admin.lookers import actor, as_key
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.ground.errors import Refused

MOST = 100
BULK = ("claim", "assign")


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket of the selection: whether it can be or was done, and why not."""

    application: Application
    good: bool
    reason: str


@require_POST
def act(request: HttpRequest, site: AdminSite, *, action: str) -> HttpResponse:
    """Show what would happen to each ticket; with ``confirm``, do it."""
    if action not in BULK:
        raise Http404
    by, at = actor(request), timezone.now()
    selected = selection(request.POST.getlist("pk"), by=by)
    manager = _manager(request, by) if action == "assign" else None
    missing = action == "assign" and manager is None
    done = "confirm" in request.POST and not missing
    lines = (
        _do(selected, action, request, by=by, at=at, manager=manager)
        if done
        else _look(selected, action, by=by, at=at)
    )
    context = {
        **site.each_context(request),
        "title": _("批量%s") % ACTIONS[action].label,
        "action": action,
        "label": ACTIONS[action].label,
        "lines": lines,
        "good": sum(line.good for line in lines),
        "done": done,
        "colleagues": colleagues(by) if action == "assign" else [],
        "unnamed": missing and "confirm" in request.POST,
    }
    return TemplateResponse(request, "admin/bulk.html", context)


def selection(keys: Iterable[str], *, by: Actor) -> list[Application]:
    """Return the tickets ticked, within reach only, at most a hundred."""
    wanted = [as_key(key) for key in keys][:MOST]
    reach = Application.objects.visible_to(by).filter(pk__in=wanted)
    joined = reach.select_related("applicant", "region")
    return list(joined.order_by("submitted_at", "pk"))


def colleagues(by: Actor) -> Any:
    """Return to whom a supervisor may give cases."""
    people = get_user_model()._default_manager.filter(
        is_active=True,
        role__in=sorted(STAFF_WHO_ACT),
        districts__in=by.district_codes(),
    )
    return people.distinct().order_by("staff_no", "pk")


def _manager(request: HttpRequest, by: Actor) -> Any:
    key = as_key(request.POST.get("manager", ""))
    return colleagues(by).filter(pk=key).first()


def _look(
    selected: list[Application], action: str, *, by: Actor, at: datetime
) -> list[Line]:
    answers = [permissions.can(action, row, by=by, at=at) for row in selected]
    return [Line(row, *answer) for row, answer in zip(selected, answers, strict=True)]


def _do(
    selected: list[Application],
    action: str,
    request: HttpRequest,
    *,
    by: Actor,
    at: datetime,
    manager: Any,
) -> list[Line]:
    """Act on each ticket in its own transaction; one refusal stops no other."""
    lines = []
    for row in selected:
        seen = request.POST.get(f"seen-{row.pk}", "")
        details: dict[str, Any] = {"seen": as_key(seen) if seen else None}
        if action == "assign":
            details["manager"] = manager
        try:
            getattr(casework, action)(row, by=by, at=at, **details)
        except Refused as refusal:
            lines.append(Line(row, good=False, reason=refusal.reason))
        except ValidationError as error:
            lines.append(Line(row, good=False, reason="".join(error.messages)))
        else:
            lines.append(Line(row, good=True, reason=""))
    return lines
