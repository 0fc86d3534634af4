"""Who may look at the boards: regulators, operators, and staff for their districts."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sla.ground.actors import STAFF_WHO_ACT, Actor, Role

MAY_LOOK = STAFF_WHO_ACT | {Role.REGULATOR, Role.OPERATOR}
View = Callable[..., HttpResponseBase]


def for_supervision(view: View) -> View:
    """Lead strangers to the sign-in of staff, and refuse applicants."""

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, **named: str) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("staff-sign-in"))
        if viewer(request).role not in MAY_LOOK:
            raise PermissionDenied(_("监管看板只对监管人员和供电企业工作人员开放。"))
        return view(request, **named)

    return guarded


def viewer(request: HttpRequest) -> Actor:
    """Return who looks."""
    return cast(Actor, request.user)
