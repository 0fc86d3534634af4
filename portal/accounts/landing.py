"""Where people land after signing in, and which addresses they may be sent to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from sla.ground.actors import Role

LANDINGS = {
    Role.APPLICANT: "/applications/",
    Role.MANAGER: "/admin/",
    Role.SUPERVISOR: "/admin/",
    Role.OPERATOR: "/admin/",
    Role.REGULATOR: "/board/",
}


def landing_for(role: str) -> str:
    """Return the page where a role's work lies."""
    return LANDINGS.get(Role(role), "/")


def is_own_path(url: str) -> bool:
    """Tell whether an address is a path of this portal, with no host at all."""
    plain = url.startswith("/") and url.isprintable() and "\\" not in url
    return plain and url_has_allowed_host_and_scheme(url, None)


def next_path(request: HttpRequest) -> str:
    """Return the ``next`` parameter when it is a path of ours, else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_own_path(wanted) else ""
