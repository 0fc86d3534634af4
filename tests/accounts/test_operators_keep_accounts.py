"""Operators add staff, move them and switch accounts off; nobody else sees accounts."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from portal.accounts.models import User
from portal.accounts.services import people
from sla.ground.actors import Role
from tests import cast
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"


@pytest.fixture
def operator(client):
    cast.laws()
    client.force_login(cast.sun())
    return client


def new_account(**changes):
    return {
        "username": "sunli",
        "role": "manager",
        "display_name": "孙力",
        "staff_no": "T0099",
        "districts": [cast.HEXI],
        "password1": PASSWORD,
        "password2": PASSWORD,
        "usable_password": "true",
        **changes,
    }


@pytest.mark.parametrize("person", [cast.wang, cast.zhao, cast.liu, cast.zhang])
def test_nobody_but_operators_sees_accounts(client, person):
    client.force_login(person())
    assert client.get(USERS).status_code in {302, 403}


def test_an_operator_adds_a_manager_who_can_come_in(operator, client):
    operator.post(f"{USERS}add/", new_account())
    added = User.objects.get(username="sunli")
    assert (added.role, added.is_staff, added.is_superuser) == ("manager", True, False)
    assert added.district_codes() == {cast.HEXI}
    client.logout()
    answer = client.post("/staff/sign-in/", {"username": "sunli", "password": PASSWORD})
    assert answer["Location"] == "/admin/"


def test_an_applicant_cannot_be_made_by_hand(operator):
    answer = operator.post(f"{USERS}add/", new_account(role="applicant"))
    assert answer.context["adminform"].form.errors["role"]


def test_moving_somebody_to_another_role_moves_the_door_too(operator):
    wang = cast.wang()
    operator.post(
        f"{USERS}{wang.pk}/change/",
        {"display_name": "王工", "role": "regulator", "is_active": "on"},
    )
    wang.refresh_from_db()
    assert (wang.role, wang.is_staff) == ("regulator", False)


def test_an_applicant_stays_one(operator):
    zhang = cast.zhang()
    operator.post(f"{USERS}{zhang.pk}/change/", {"role": "manager", "is_active": "on"})
    zhang.refresh_from_db()
    assert (zhang.role, zhang.is_active) == (Role.APPLICANT, True)


def test_an_account_is_switched_off_at_once(operator, client):
    zhang = cast.zhang()
    theirs = type(client)()
    theirs.force_login(zhang)
    assert theirs.get("/messages/").status_code == 200
    operator.post(f"{USERS}{zhang.pk}/change/", {})
    assert theirs.get("/messages/")["Location"].startswith("/sign-in/")


def test_a_password_can_be_reset(operator):
    wang = cast.wang()
    operator.post(
        f"{USERS}{wang.pk}/password/",
        {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"},
    )
    wang.refresh_from_db()
    assert wang.check_password(PASSWORD)


def test_accounts_are_not_deleted(operator):
    assert operator.get(f"{USERS}{cast.wang().pk}/delete/").status_code == 403


def test_phones_are_masked_and_found_by_the_full_number(operator):
    people.applicant_with(phone="+8613812345678")
    cast.zhang()
    page = operator.get(f"{USERS}?q=138+1234+5678").content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page.replace("138+1234+5678", "")
    assert "138****0001" not in page


def test_part_of_a_number_finds_nobody(operator):
    people.applicant_with(phone="+8613812345678")
    assert "138****5678" not in operator.get(f"{USERS}?q=5678").content.decode()


def test_a_name_still_finds(operator):
    cast.wang()
    assert "王工" in operator.get(f"{USERS}?q=T0012").content.decode()


def test_the_second_factor_of_a_lost_phone_is_dropped(operator):
    wang = cast.wang()
    TOTP.activate(wang, generate_totp_secret())
    data = {"action": "drop_second_factor", "_selected_action": [wang.pk]}
    operator.post(USERS, data)
    assert not Authenticator.objects.exists()


def test_the_first_operator_comes_from_the_command_line():
    first = User.objects.create_superuser("root", password=PASSWORD)
    assert (first.role, first.is_staff) == (Role.OPERATOR, True)
