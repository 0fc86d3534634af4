"""What the HTTP benchmark asks for: drafts to file, a ticket to look at."""

from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import reverse

from applications.lifecycle import Status
from applications.services import filing
from portal.accounts.models import User
from tests import cast

DRAFTS_EACH = 15  # a person may keep twenty
TEN, FIFTY = 10, 50  # tickets of one district: a short list, and a full page
BACKEND = "django.contrib.auth.backends.ModelBackend"


def session_of(user: User) -> str:
    """Sign in; return the session's cookie."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies["sessionid"].value


def applicant(number: int) -> User:
    """Return one of many who file."""
    return User.objects.get_or_create(
        username=f"applicant{number}",
        defaults={"role": "applicant", "display_name": f"申请人{number}"},
    )[0]


def filings(wanted: int) -> Iterator[dict[str, str]]:
    """Give drafts that are ready to be filed, each with its owner's session."""
    for first in range(0, wanted, DRAFTS_EACH):
        owner = applicant(first)
        session = session_of(owner)
        for _ in range(min(DRAFTS_EACH, wanted - first)):
            draft = cast.drafted(cast.SHOP, by=owner)
            yield {
                "session": session,
                "path": reverse("filing:check", kwargs={"key": draft.submission_key}),
                "fingerprint": filing.fingerprint_of(draft),
            }


def build(drafts: int) -> dict[str, Any]:
    """Return addresses, bodies and cookies of every request to be measured."""
    cast.laws()
    ticket = cast.walk(Status.FINAL_INSPECTION, cast.FACTORY)
    for _ in range(FIFTY):
        cast.submitted(cast.SHOP)
    for _ in range(TEN):
        cast.submitted(cast.SHOP, region=cast.HEPING)
    return {
        "applicant": session_of(cast.chen()),
        "manager": session_of(cast.wang()),
        "manager of ten": session_of(cast.li()),
        "tracking": reverse("application", kwargs={"number": ticket.number}),
        "ticket": reverse("admin:applications_application_change", args=[ticket.pk]),
        "tickets": reverse("admin:applications_application_changelist"),
        "filings": list(filings(drafts)),
    }
