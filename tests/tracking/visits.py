"""How people look at pages: signed in, at a moment, one request at a time."""

from contextlib import contextmanager
from datetime import datetime
from html import unescape
from typing import Any

import time_machine
from django.test import Client
from django.utils.html import strip_tags

from applications.models import Application
from portal.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser_of(user: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@contextmanager
def on(moment: datetime) -> Any:
    """Let it be this moment for the edges, which read the clock."""
    with time_machine.travel(moment, tick=False):
        yield


def page_of(application: Application) -> str:
    """Return the address of the tracking page."""
    return f"/applications/{application.number}/"


def text_of(response: Any) -> str:
    """Return what a page says, without its markup."""
    lines = unescape(strip_tags(response.content.decode())).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
