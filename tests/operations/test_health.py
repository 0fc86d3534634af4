"""Something outside asks whether this process can serve."""

import pytest
from django.db import connections
from django.db.utils import OperationalError


@pytest.mark.django_db(transaction=True)
def test_says_ok_while_the_database_answers(client):
    response = client.get("/healthz/")

    assert response.status_code == 200
    assert "OK" in response.content.decode()
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.django_db(transaction=True)
def test_says_so_when_the_database_is_gone(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(type(connections["default"]), "cursor", gone)

    assert client.get("/healthz/").status_code == 500
