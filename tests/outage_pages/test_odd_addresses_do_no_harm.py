"""Whatever stands in the address, a page answers or says what to do."""

import pytest
from django.test import Client

ODD = ["", "0", "-1", "1e9", "x", "9" * 30, "\x00", "海", "'--", "%00"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["q", "district", "out", "ahead", "over", "place"])
def test_the_front_page(visitor: Client, name: str, odd: str) -> None:
    status = visitor.get("/outages/", {name: odd}).status_code
    assert status == (404 if name == "place" else 200)


@pytest.mark.parametrize("odd", ODD)
def test_a_number(visitor: Client, odd: str) -> None:
    assert visitor.get(f"/outages/TD-{odd}/").status_code in {301, 404}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["", "map/", "data/", "data/outages.csv"])
def test_only_reading(visitor: Client, method: str, path: str) -> None:
    assert getattr(visitor, method)(f"/outages/{path}").status_code == 405
