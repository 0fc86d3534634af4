"""Something outside asks whether this process can serve."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.utils import OperationalError
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


def ask():
    """Ask as a server's thread does: where a browser test ran, this one has a loop."""

    def get():
        try:
            return Client().get("/healthz/")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(get).result()


def test_says_ok_while_the_database_answers():
    response = ask()

    assert response.status_code == 200
    assert "OK" in response.content.decode()
    assert response["Content-Type"].startswith("text/plain")


def test_says_so_when_the_database_is_gone(monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(type(connections["default"]), "cursor", gone)

    assert ask().status_code == 500
