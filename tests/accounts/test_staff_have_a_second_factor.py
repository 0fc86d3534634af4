"""Where it is required, staff see nothing before a second factor is set up."""

import base64
import hmac
import struct
import time
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from portal.accounts.services import people
from tests import cast
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_code_runs_out() -> Iterator[None]:
    """Let the half minute of a code not end between reading and entering it."""
    with time_machine.travel(cast.NOW, tick=False):
        yield


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def enter(client):
    return client.post("/staff/sign-in/", {"username": "wang", "password": PASSWORD})


def test_staff_without_one_are_sent_to_set_it_up(client, manager, settings):
    settings.STAFF_MFA_REQUIRED = True
    enter(client)
    answer = client.get("/admin/")
    assert answer["Location"] == "/staff/second-factor/totp/activate/"
    assert "启用动态码" in client.get(answer["Location"]).content.decode()


def test_setting_it_up_opens_the_admin_and_gives_recovery_codes(
    client, manager, settings
):
    settings.STAFF_MFA_REQUIRED = True
    enter(client)
    page = client.get("/staff/second-factor/totp/activate/")
    code = code_of(page.context["form"].secret)
    done = client.post("/staff/second-factor/totp/activate/", {"code": code})
    assert done["Location"] == "/staff/second-factor/recovery-codes/"
    assert "恢复码" in client.get(done["Location"]).content.decode()
    assert client.get("/admin/").status_code == 200


def test_the_secret_is_not_readable_in_the_database(manager):
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_the_password_alone_no_longer_lets_in(client, manager):
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)
    answer = enter(client)
    assert answer["Location"] == "/staff/second-factor/authenticate/"
    assert "_auth_user_id" not in client.session
    assert "动态码" in client.get(answer["Location"]).content.decode()
    done = client.post(answer["Location"], {"code": code_of(secret)})
    assert done["Location"] == "/admin/"


def test_the_demo_does_without(client, manager, settings):
    settings.STAFF_MFA_REQUIRED = False
    enter(client)
    assert client.get("/admin/").status_code == 200


def test_applicants_are_never_asked_for_one(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(people.applicant_with(phone="+8613812345678"))
    assert client.get("/messages/").status_code == 200


def test_staff_may_still_sign_out(client, manager, settings):
    settings.STAFF_MFA_REQUIRED = True
    enter(client)
    assert client.post("/sign-out/")["Location"] == "/"


def test_the_pages_of_the_second_factor_are_ours(client, manager):
    enter(client)
    assert "未启用" in client.get("/staff/second-factor/").content.decode()
    TOTP.activate(manager, generate_totp_secret())
    assert "已启用" in client.get("/staff/second-factor/").content.decode()
    assert (
        "停用" in client.get("/staff/second-factor/totp/deactivate/").content.decode()
    )


def test_the_header_of_the_workbench_leads_to_it(client, manager):
    enter(client)
    page = client.get("/admin/").content.decode()
    assert '<a href="/staff/second-factor/">动态码</a>' in page
