"""What every page knows about this installation and about its reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LARGE_TYPE_COOKIE = "large_type"

# Address, label, icon, and the roles that see the entry first; () means everybody.
DOORS: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    ("/admin/", _("工作台"), "inboxes", ("manager", "supervisor", "operator")),
    (
        "/board/",
        _("监管看板"),
        "bar-chart",
        ("regulator", "manager", "supervisor", "operator"),
    ),
    ("/applications/", _("我的申请"), "folder2-open", ("applicant",)),
    ("/apply/", _("申请用电"), "plug", ("", "applicant")),
    ("/track/", _("查进度"), "search", ("",)),
    ("/outages/", _("停电与报修"), "lightning-charge", ()),
    ("/limits/", _("时限公示"), "calendar2-check", ()),
    ("/deadline/", _("算一算"), "calculator", ()),
    ("/guide/", _("办事指南"), "journal-text", ()),
)


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation."""

    href: str
    label: Any
    icon: str
    current: bool


def doors_for(role: str, path: str) -> list[Door]:
    """Return the navigation of a role, of a visitor when empty."""
    return [
        Door(href, label, icon, path.startswith(href))
        for href, label, icon, roles in DOORS
        if not roles or role in roles
    ]


def portal(request: HttpRequest) -> dict[str, object]:
    """Return the template variables shared by all pages."""
    user = getattr(request, "user", None)
    role = str(getattr(user, "role", "") or "")
    return {
        "DEMO": settings.DEMO,
        "doors": doors_for(role, request.path),
        "large_type": request.COOKIES.get(LARGE_TYPE_COOKIE) == "1",
    }
