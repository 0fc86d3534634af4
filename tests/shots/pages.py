"""Every main page by role; a new page is named here."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.db.models import QuerySet
from django.urls import reverse

from applications.lifecycle import Status
from applications.models import Application
from portal.accounts.models import User
from sla.models import CalendarNotice, Policy


@dataclass(frozen=True, slots=True)
class Shot:
    """One page as one person (None: a visitor) sees it."""

    role: str
    name: str
    path: str
    person: User | None = None
    status: int = HTTPStatus.OK
    console_matters: bool = True


def someone(role: str) -> User:
    """Return the first person of a role in the demo world."""
    return User.objects.filter(role=role).order_by("pk")[0]


def pages() -> Iterator[Shot]:
    """Give every main page; new pages are named here."""
    yield from of_visitor()
    yield from of_applicant()
    yield from of_manager()
    yield from of_regulator()
    supervisor, operator = someone("supervisor"), someone("operator")
    yield Shot("supervisor", "workbench", "/admin/", supervisor)
    yield Shot("operator", "admin", "/admin/", operator)
    for name, model in (("policy", Policy), ("calendarnotice", CalendarNotice)):
        listing = reverse(f"admin:sla_{name}_changelist")
        yield Shot("operator", name, listing, operator)
        one = model.objects.order_by("pk").first()
        if one is not None:
            address = reverse(f"admin:sla_{name}_change", args=[one.pk])
            yield Shot("operator", f"{name}-one", address, operator)


def of_visitor() -> Iterator[Shot]:
    """Give the pages that need no sign-in."""
    for name, path in {
        "home": "/",
        "limits": "/limits/",
        "deadline": "/deadline/",
        "deadline-answer": "/deadline/?start=2026-09-30&by=days&days=10",
        "guide": "/guide/",
        "guide-one": "/guide/high-voltage/",
        "sign-in": "/sign-in/",
        "staff-sign-in": "/staff/sign-in/",
        "track": "/track/",
        "inbox": "/inbox/",
    }.items():
        yield Shot("visitor", name, path)
    # Swagger UI tries an inline style; the policy blocks it, and nothing is missing.
    yield Shot("visitor", "api-docs", "/api/docs/", console_matters=False)
    # The browser itself reports the 404 on its console.
    yield Shot(
        "visitor",
        "not-found",
        "/nothing/",
        status=HTTPStatus.NOT_FOUND,
        console_matters=False,
    )


def of_applicant() -> Iterator[Shot]:
    """Give the applicant's pages: filing, and progress in every status."""
    me = someone("applicant")
    for name, path in {
        "apply": "/apply/",
        "mine": "/applications/",
        "messages": "/messages/",
    }.items():
        yield Shot("applicant", name, path, me)
    draft = Application.objects.filter(status=Status.DRAFT).order_by("-pk").first()
    if draft is not None:
        for name in ("tasks", "documents", "check"):
            path = reverse(f"filing:{name}", kwargs={"key": draft.submission_key})
            yield Shot("applicant", f"filing-{name}", path, draft.filed_by)
    for case in one_of_each_status(Application.objects.exclude(number=None)):
        path = reverse("application", kwargs={"number": case.number})
        yield Shot("applicant", f"track-{case.status}", path, case.filed_by)
        if case.status == Status.SUBMITTED:
            path = reverse("filing:done", kwargs={"key": case.submission_key})
            yield Shot("applicant", "filing-done", path, case.filed_by)


def of_manager() -> Iterator[Shot]:
    """Give the workbench, the list and a ticket in every status."""
    manager = someone("manager")
    theirs = Application.objects.filter(region__in=manager.districts.all())
    listing = reverse("admin:applications_application_changelist")
    yield Shot("manager", "workbench", "/admin/", manager)
    yield Shot("manager", "tickets", listing, manager)
    for case in one_of_each_status(theirs.exclude(number=None)):
        path = reverse("admin:applications_application_change", args=[case.pk])
        yield Shot("manager", f"ticket-{case.status}", path, manager)


def of_regulator() -> Iterator[Shot]:
    """Give the board, its lists and one ticket's ledger."""
    regulator = someone("regulator")
    for name in ("board", "board-clocks", "board-cases"):
        yield Shot("regulator", name, reverse(name), regulator)
    case = Application.objects.exclude(number=None).order_by("pk")[0]
    path = reverse("board-ticket", kwargs={"number": case.number})
    yield Shot("regulator", "board-ticket", path, regulator)


def one_of_each_status(cases: QuerySet[Application]) -> Iterator[Application]:
    """Give the newest case of every status there is."""
    for status in Status:
        case = cases.filter(status=status).order_by("-pk").first()
        if case is not None:
            yield case
