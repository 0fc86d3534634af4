"""长者版: one press, the same address and data, remembered by a cookie."""

import pytest
from django.test import Client


def test_one_press_makes_every_page_large(visitor: Client) -> None:
    pressed = visitor.post(
        "/large-type/", {"on": "1", "next": "/limits/?region=370800"}
    )
    assert pressed.status_code == 302
    assert pressed["Location"] == "/limits/?region=370800"
    assert pressed.cookies["large_type"]["httponly"]
    for path in ("/", "/limits/", "/deadline/", "/guide/home/", "/nowhere/"):
        assert 'class="large-type"' in visitor.get(path).content.decode()


def test_another_press_brings_the_standard_back(visitor: Client) -> None:
    visitor.post("/large-type/", {"on": "1", "next": "/"})
    visitor.post("/large-type/", {"on": "0", "next": "/"})
    assert 'class="large-type"' not in visitor.get("/").content.decode()


def test_the_data_are_the_same(visitor: Client) -> None:
    before = visitor.get("/limits/").context["disclosure"]
    visitor.post("/large-type/", {"on": "1", "next": "/"})
    assert visitor.get("/limits/").context["disclosure"].levels == before.levels


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "limits/",
    ],
)
def test_it_leads_nowhere_outside_the_portal(client: Client, elsewhere: str) -> None:
    pressed = client.post("/large-type/", {"on": "1", "next": elsewhere})
    assert pressed["Location"] == "/"


def test_looking_at_its_address_changes_nothing(client: Client) -> None:
    assert client.get("/large-type/").status_code == 405
