"""After signing in nobody is sent to another site."""

from urllib.parse import urlencode

import pytest

from portal.accounts.landing import is_own_path
from tests.accounts.conftest import PASSWORD, last_code

PHONE = "13812345678"
HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "///evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "http://testserver/admin/",
    " /apply/",
    "apply/",
    "/\tevil",
]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["query", "field"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_foreign_next_is_dropped(client, hostile, where):
    path = (
        "/sign-in/" if where == "field" else "/sign-in/?" + urlencode({"next": hostile})
    )
    extra = {"next": hostile} if where == "field" else {}
    client.post(path, {"phone": PHONE, **extra})
    answer = client.post(path, {"code": last_code(), **extra})
    assert answer["Location"] == "/applications/"


@pytest.mark.django_db
def test_our_own_next_is_kept_over_both_questions(client):
    first = client.post("/sign-in/?next=/apply/%3Fstep%3D2", {"phone": PHONE})
    assert first["Location"] == "/sign-in/?next=%2Fapply%2F%3Fstep%3D2"
    page = client.get(first["Location"])
    assert page.context["next"] == "/apply/?step=2"
    answer = client.post(
        "/sign-in/", {"code": last_code(), "next": page.context["next"]}
    )
    assert answer["Location"] == "/apply/?step=2"


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", HOSTILE)
def test_staff_are_not_sent_away_either(client, manager, hostile):
    data = {"username": "wang", "password": PASSWORD, "next": hostile}
    assert client.post("/staff/sign-in/", data)["Location"] == "/admin/"


def test_an_own_path_has_no_host():
    assert is_own_path("/apply/")
    assert not is_own_path("")
