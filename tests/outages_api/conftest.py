"""Clients of the API on the Tuesday that every outage test knows."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.accounts.models import User
from tests.cast import NOW
from tests.grid import Grid, grid

ROOT = "/api/v1/outages/"


@pytest.fixture
def net(db: None) -> Iterator[Grid]:
    """Return the network by name, at nine o'clock."""
    with time_machine.travel(NOW, tick=False):
        yield grid()


@pytest.fixture
def anybody(net: Grid) -> Client:
    """Return a client that is not signed in."""
    client = Client()
    client.raise_request_exception = False
    return client


def as_(person: User) -> Client:
    """Return a client that is signed in."""
    client = Client()
    client.raise_request_exception = False
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, path: str, **body: Any) -> Any:
    """Post a body as JSON below the root."""
    return client.post(ROOT + path, json.dumps(body), content_type="application/json")


def told(response: Any, status: int = 200) -> Any:
    """Return the answer; its status must be the expected one."""
    assert response.status_code == status, response.content.decode()
    return response.json()


def refused(response: Any, status: int, code: str) -> dict[str, Any]:
    """Return the error of a refusal in the one shape."""
    error = told(response, status)["error"]
    assert set(error) == {"code", "message", "fields"}
    assert error["code"] == code
    return dict(error)
