"""Wrong passwords for one name are counted over all addresses, too."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests import cast
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
OFFICE = "203.0.113.9"


@pytest.fixture(autouse=True)
def _few_are_many(settings, manager):
    """Let the fourth wrong password be one too many."""
    settings.STAFF_NAME_FAILURES = 4
    with time_machine.travel(cast.NOW, tick=False):
        yield


def tried(address: str, password: str = "wrong", name: str = "wang") -> int:
    """Return the status of the answer: 200 wrong, 302 let in, 429 locked."""
    said = {"username": name, "password": password}
    browser = Client(REMOTE_ADDR=address)
    return browser.post("/staff/sign-in/", said).status_code


def guessed_from_everywhere(name: str = "wang") -> list[int]:
    return [tried(f"198.51.100.{n}", name=name) for n in range(4)]


def test_a_new_address_may_not_even_try():
    assert guessed_from_everywhere() == [200, 200, 200, 429]
    assert tried("198.51.100.9") == 429
    assert tried("198.51.100.9", PASSWORD) == 429


def test_where_the_name_came_in_before_it_still_does():
    assert tried(OFFICE, PASSWORD) == 302
    guessed_from_everywhere()
    assert tried(OFFICE, PASSWORD) == 302


def test_other_names_are_not_concerned():
    guessed_from_everywhere("nobody")
    assert tried("198.51.100.9", PASSWORD) == 302


def test_a_name_that_does_not_exist_is_answered_alike():
    guessed_from_everywhere("nobody")
    assert tried("198.51.100.9", name="nobody") == 429


def test_it_is_over_after_a_quarter_of_an_hour():
    guessed_from_everywhere()
    with time_machine.travel(cast.NOW + timedelta(minutes=16), tick=False):
        assert tried("198.51.100.9", PASSWORD) == 302
