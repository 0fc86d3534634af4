"""Every main page by role; a new page is named here."""

from collections.abc import Iterator
from dataclasses import dataclass

from applications.models import Application
from portal.accounts.models import User

ROLES = ("applicant", "manager", "supervisor", "regulator", "operator")


@dataclass(frozen=True, slots=True)
class Shot:
    """One page as one role sees it."""

    role: str
    name: str
    path: str
    status: int = 200


def someone(role: str) -> User:
    """Return the first person of a role in the demo world."""
    return User.objects.filter(role=role).order_by("pk")[0]


def pages() -> Iterator[Shot]:
    """Give every main page; new pages are named here."""
    for name, path in {
        "home": "/",
        "limits": "/limits/",
        "deadline": "/deadline/",
        "deadline-answer": "/deadline/?start=2026-09-30&days=10",
        "guide": "/guide/",
        "sign-in": "/sign-in/",
        "staff-sign-in": "/staff/sign-in/",
        "track": "/track/",
        "api-docs": "/api/docs/",
        "inbox": "/inbox/",
    }.items():
        yield Shot("visitor", name, path)
    yield Shot("visitor", "not-found", "/nothing/", 404)
    yield from of_applicant()
    yield from of_staff()


def of_applicant() -> Iterator[Shot]:
    """Give the applicant's pages: filing, and tracking in every status."""
    me = someone("applicant")
    yield Shot("applicant", "apply", "/apply/")
    yield Shot("applicant", "mine", "/applications/")
    yield Shot("applicant", "messages", "/messages/")
    mine = Application.objects.filter(filed_by=me).exclude(number=None)
    for status in mine.order_by("status").values_list("status", flat=True).distinct():
        number = mine.filter(status=status).order_by("pk").values("number").first()
        yield Shot("applicant", f"track-{status}", f"/applications/{number['number']}/")


def of_staff() -> Iterator[Shot]:
    """Give the pages of those who process, oversee and look on."""
    manager = someone("manager")
    theirs = Application.objects.filter(region__in=manager.districts.all())
    listing = "/admin/applications/application/"
    yield Shot("manager", "workbench", "/admin/")
    yield Shot("manager", "tickets", listing)
    for status in ("submitted", "accepted", "final_inspection", "connecting"):
        ticket = theirs.filter(status=status).order_by("pk").first()
        if ticket is not None:
            yield Shot("manager", f"ticket-{status}", f"{listing}{ticket.pk}/change/")
    yield Shot("supervisor", "workbench", "/admin/")
    yield Shot("operator", "admin", "/admin/")
    yield Shot("operator", "policies", "/admin/sla/policy/")
    yield Shot("operator", "calendar", "/admin/sla/calendarnotice/")
    yield Shot("regulator", "board", "/board/")
