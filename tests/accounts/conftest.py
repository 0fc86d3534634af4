"""The people of these tests, and what reached their phones."""

import re

import pytest

from portal.accounts.models import User
from portal.accounts.services import people
from portal.notices.models import Message
from sla.ground.actors import Role

PASSWORD = "a long staff password"


def last_code(phone_end: str = "") -> str:
    """Return the digits of the latest text message, to a phone ending so."""
    messages = Message.objects.filter(channel="sms").order_by("-pk")
    wanted = messages.filter(address_shown__endswith=phone_end)
    found = re.search(r"\d{6}", wanted[0].text)
    assert found
    return found.group()


@pytest.fixture
def manager(db) -> User:
    return people.create_staff(
        username="wang",
        password=PASSWORD,
        role=Role.MANAGER,
        display_name="王工",
        staff_no="T0012",
    )


@pytest.fixture
def regulator(db) -> User:
    return people.create_staff(
        username="jian",
        password=PASSWORD,
        role=Role.REGULATOR,
        display_name="监管一",
        staff_no="J001",
    )
