"""The first page of staff says what waits at the desks of outages, and leads there."""

import pytest
from django.test import Client

from outages.vocabulary import Trouble
from tests import cast
from tests.grid import grid
from tests.repairs import desk

pytestmark = pytest.mark.django_db


def page(person: object) -> str:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client.get("/admin/").content.decode()


def test_a_fault_that_nobody_drives_to_stands_on_the_first_page() -> None:
    desk.reported(grid(), trouble=Trouble.HOME)

    first = page(cast.wang())

    assert "抢修待派单" in first
    assert "/admin/outages/repairorder/?queue=received" in first


def test_who_only_dispatches_sees_no_desk_of_outages() -> None:
    grid()

    assert "正在停电" not in page(cast.wang())


def test_operators_see_every_desk() -> None:
    grid()

    first = page(cast.sun())

    for label in ("抢修待派单", "抢修在办", "正在停电", "频繁停电待治理"):
        assert label in first
