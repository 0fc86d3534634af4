"""The desk of outages in the admin: where its pages lie, and who sits down at it."""

from django.test import Client
from django.urls import reverse

from outages.models import Outage
from portal.accounts.models import User

LIST = reverse("admin:outages_outage_changelist")
ADD = reverse("admin:outages_outage_add")
FAULT = reverse("admin:outages_outage_fault")


def page_of(outage: Outage) -> str:
    """Return the address of an outage's page."""
    return reverse("admin:outages_outage_change", args=[outage.pk])


def act_on(outage: Outage, action: str) -> str:
    """Return the address at which one act is performed on an outage."""
    return reverse("admin:outages_outage_act", args=[outage.pk, action])


def entered_as(client: Client, person: User) -> Client:
    """Return the browser with this person signed in."""
    client.force_login(person)
    return client
