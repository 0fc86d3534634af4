"""Before anything happened every page says so, and what to do instead."""

import pytest
from django.test import Client

from tests.grid import grid

pytestmark = pytest.mark.django_db


def test_the_lists_are_empty_in_words() -> None:
    grid()
    page = Client().get("/outages/").content.decode()
    for words in ("现在没有停电", "未来7天没有计划停电", "最近3天没有停过电"):
        assert words in page


def test_the_map_is_calm() -> None:
    grid()
    page = Client().get("/outages/map/").content.decode()
    assert "全市现在没有停电。" in page
    assert "district-out" not in page


@pytest.mark.parametrize("number", ["TD-7K3M-9QXD-2TFA-P", "TD-0000-0000-0000-0"])
def test_a_number_that_nobody_gave_is_not_found(number: str) -> None:
    grid()
    assert Client().get(f"/outages/{number}/").status_code == 404
