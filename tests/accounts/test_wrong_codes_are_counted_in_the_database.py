"""Codes of the second factor hold over every process, and without Redis."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

from portal.accounts.models import Remembered
from portal.accounts.tasks import forget_sessions
from tests import cast
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_staff_have_a_second_factor import code_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECOND = "/staff/second-factor/authenticate/"


@pytest.fixture
def secret(manager):
    """Give 王工's secret; she typed her password, and the clock stands."""
    TOTP.activate(manager, SECRET)
    with time_machine.travel(cast.NOW, tick=False):
        yield SECRET


def half_way(client):
    client.post("/staff/sign-in/", {"username": "wang", "password": PASSWORD})
    return client


def let_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_no_page_waits_for_redis():
    kinds = {name: type(caches[name]) for name in caches.settings}
    assert kinds == {"default": DatabaseCache, "template_fragments": LocMemCache}


def test_five_wrong_codes_keep_out_even_the_right_one(client, secret):
    half_way(client)
    for _ in range(5):
        client.post(SECOND, {"code": "000000"})

    client.post(SECOND, {"code": code_of(secret)})

    assert not let_in(client)


def test_whoever_was_kept_out_may_try_again_after_five_minutes(client, secret):
    half_way(client)
    for _ in range(6):
        client.post(SECOND, {"code": "000000"})

    with time_machine.travel(cast.NOW + timedelta(minutes=5, seconds=1), tick=False):
        client.post(SECOND, {"code": code_of(secret)})

    assert let_in(client)


def test_a_code_lets_in_once(client, secret):
    another = Client()
    for browser in (client, another):
        half_way(browser).post(SECOND, {"code": code_of(secret)})

    assert let_in(client)
    assert not let_in(another)


def test_what_was_counted_is_deleted_at_night(client, secret):
    half_way(client).post(SECOND, {"code": code_of(secret)})
    assert Remembered.objects.exists()

    with time_machine.travel(cast.NOW + timedelta(days=1)):
        forget_sessions()

    assert not Remembered.objects.exists()
