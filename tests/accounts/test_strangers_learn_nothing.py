"""Whether a phone has an account is not to be found out."""

import re
from typing import Any

import pytest

from portal.accounts.services import people
from tests.accounts.conftest import last_code

pytestmark = pytest.mark.django_db


def answers(client, phone) -> list[Any]:
    """Return what a browser sees on the way to the code, without what is random."""
    seen = []
    for data in ({"phone": phone}, {"phone": phone}, {"code": "00000"}):
        answer = client.post("/sign-in/", data)
        page = re.sub(r'value="[^"]*"|\d+ 秒', "", answer.content.decode())
        seen.append((answer.status_code, answer.get("Location"), page))
    return seen


def test_known_and_unknown_phones_are_answered_alike(client, manager):
    people.applicant_with(phone="+8613811115678")
    people.set_phone(manager, phone="+8613822225678", verified=True)
    known = answers(client, "13811115678")
    staff = answers(type(client)(), "13822225678")
    unknown = answers(type(client)(), "13833335678")
    assert known == unknown == staff


def test_a_staff_phone_does_not_let_in_without_password(client, manager):
    people.set_phone(manager, phone="+8613822225678", verified=True)
    client.post("/sign-in/", {"phone": "13822225678"})
    page = client.post("/sign-in/", {"code": last_code()})
    assert "_auth_user_id" not in client.session
    assert "用户名和密码" in page.content.decode()
