"""How the tests sit down at the admin: sign in, open a ticket, press a button."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from applications.models import Application
from portal.accounts.models import User

CHANGE = "admin:applications_application_change"
LIST = "admin:applications_application_changelist"


def sign_in(user: User) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ticket_url(application: Application) -> str:
    """Return the address of a ticket."""
    return reverse(CHANGE, args=[application.pk])


def act_url(application: Application, action: str) -> str:
    """Return the address of an act."""
    return reverse("admin:applications_application_act", args=[application.pk, action])


def press(
    client: Client, application: Application, action: str, **answers: Any
) -> HttpResponse:
    """Send the form of an act as the page rendered it, with these answers."""
    answers.setdefault("seen", application.last_seq)
    response: Any = client.post(act_url(application, action), answers)
    application.refresh_from_db()
    return response  # type: ignore[no-any-return]


def file_of(response: Any) -> bytes:
    """Read a file that was handed out, and let go of it."""
    content = b"".join(response.streaming_content)
    # response.close() would end the request, and the test's connection with it.
    for close in response._resource_closers:
        close()
    return content


def text(response: Any) -> str:
    """Return the page as text."""
    return str(response.content.decode())
