"""A form that lacks an answer says which one, and keeps the others."""

import pytest
from django.test import Client

from tests import cast
from tests.grid import grid

pytestmark = pytest.mark.django_db


def test_a_draft_without_kind_and_reason_asks_for_both() -> None:
    grid()
    client = Client()
    client.force_login(cast.sun())

    answer = client.post("/admin/outages/outage/add/", {"scope": "L-YY1"})

    page = answer.content.decode()
    assert "请选择“类型”。" in page
    assert "请填写“停电原因”。" in page
    assert "该字段是必填项" not in page
    assert "L-YY1" in page
