"""Every main page by role; a new page is named here."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from applications.lifecycle import Status
from applications.models import Application
from outages.lifecycles import outage, repair
from outages.models import (
    FaultReport,
    GovernanceCase,
    Interruption,
    Outage,
    Premises,
    RepairOrder,
)
from outages.selectors import shown
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
    yield from of_outages()
    yield from of_faults()
    yield from of_outage_desks()
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


def of_outages() -> Iterator[Shot]:
    """Give what everybody reads of outages: lists, an answer, the map, each status."""
    for name, path in {
        "lists": "",
        "nothing": "?q=月亮湾9号",
        "choice": "?q=花园",
        "map": "map/",
        "data": "data/",
        "frequent": "frequent/",
        "reliability": "reliability/",
        "subscribe": "subscribe/",
        "report": "report/",
    }.items():
        yield Shot("visitor", f"outages-{name}", f"/outages/{path}")
    for status in sorted(outage.PUBLIC):
        found = shown.visible().filter(status=status).order_by("-pk").first()
        if found is not None:
            path = reverse("outages:one", kwargs={"number": found.number})
            yield Shot("visitor", f"outage-{status}", path)
    dark = Interruption.objects.filter(outage__in=shown.out_now(), restored_at=None)
    home = Premises.objects.filter(transformer__in=dark.values("transformer")).first()
    if home is not None:
        yield Shot("visitor", "outages-answer", f"/outages/?place={home.pk}")
    case = GovernanceCase.objects.order_by("pk").first()
    if case is not None:
        path = reverse("outages:frequent-case", kwargs={"number": case.number})
        yield Shot("visitor", "outages-frequent-case", path)


def of_faults() -> Iterator[Shot]:
    """Give the progress of a repair in every status."""
    for status in repair.Status:
        report = FaultReport.objects.filter(order__status=status).first()
        if report is not None:
            path = reverse("outages:report-progress", kwargs={"number": report.number})
            yield Shot("visitor", f"repair-{status}", path)


def of_outage_desks() -> Iterator[Shot]:
    """Give the desks of outages, repairs and governance, and the regulator's board."""
    operator = someone("operator")
    areas = reverse("admin:outages_transformer_changelist")
    yield Shot("operator", "transformers", areas, operator)
    for model in (Outage, RepairOrder, GovernanceCase):
        name = model._meta.model_name
        listing = reverse(f"admin:outages_{name}_changelist")
        yield Shot("operator", f"{name}s", listing, operator)
        for row in newest_of_each_status(model._default_manager.all()):
            path = reverse(f"admin:outages_{name}_change", args=[row.pk])
            yield Shot("operator", f"{name}-{row.status}", path, operator)
    regulator = someone("regulator")
    yield Shot("regulator", "board-outages", reverse("board-outages"), regulator)


def newest_of_each_status(rows: QuerySet[Any]) -> Iterator[Any]:
    """Give the newest row of every status that there is."""
    statuses = rows.order_by("status").values_list("status", flat=True).distinct()
    for status in statuses:
        yield rows.filter(status=status).order_by("-pk")[0]


def one_of_each_status(cases: QuerySet[Application]) -> Iterator[Application]:
    """Give the newest case of every status there is."""
    for status in Status:
        case = cases.filter(status=status).order_by("-pk").first()
        if case is not None:
            yield case
