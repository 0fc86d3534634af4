"""How the tests open pages of governance: signed in, or as anybody."""

from typing import Any

from django.test import Client
from django.urls import reverse

from outages.models import GovernanceCase
from portal.accounts.models import User


def signed_in(user: User) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def desk_of(case: GovernanceCase, action: str = "") -> str:
    """Return the address of a case in the admin, or of one of its acts."""
    if action:
        return reverse("admin:outages_governancecase_act", args=[case.pk, action])
    return reverse("admin:outages_governancecase_change", args=[case.pk])


def public_page(case: GovernanceCase) -> str:
    """Return the public address of a case."""
    return reverse("outages:frequent-case", args=[case.number])


def text(response: Any) -> str:
    """Return the page as text."""
    return str(response.content.decode())
