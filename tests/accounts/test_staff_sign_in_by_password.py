"""Staff come in by user name and password, and land where they work."""

import pytest

from portal.accounts.models import User
from portal.accounts.services import people
from sla.ground.actors import Role
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def enter(client, username="wang", password=PASSWORD, **extra):
    return client.post(
        "/staff/sign-in/", {"username": username, "password": password, **extra}
    )


@pytest.mark.parametrize(
    ("role", "landing"),
    [
        (Role.MANAGER, "/admin/"),
        (Role.SUPERVISOR, "/admin/"),
        (Role.OPERATOR, "/admin/"),
        (Role.REGULATOR, "/board/"),
    ],
)
def test_each_role_lands_where_its_work_lies(client, role, landing):
    people.create_staff(
        username="wang", password=PASSWORD, role=role, display_name="王工"
    )
    assert enter(client)["Location"] == landing


def test_a_wrong_password_is_told_in_one_sentence(client, manager):
    page = enter(client, password="wrong").content.decode()
    assert "用户名或密码不正确。" in page


def test_an_applicant_with_a_password_is_refused_like_a_wrong_password(client):
    applicant = people.applicant_with(phone="+8613812345678")
    applicant.set_password(PASSWORD)
    applicant.save()
    page = enter(client, username=applicant.username).content.decode()
    assert "用户名或密码不正确。" in page
    assert "_auth_user_id" not in client.session


def test_a_stopped_account_is_refused_like_a_wrong_password(client, manager):
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert "用户名或密码不正确。" in enter(client).content.decode()


def test_the_admins_own_sign_in_leads_here(client):
    answer = client.get("/admin/login/?next=/admin/sla/")
    assert answer["Location"] == "/staff/sign-in/?next=%2Fadmin%2Fsla%2F"


def test_an_applicant_never_gets_into_the_admin(client):
    client.force_login(people.applicant_with(phone="+8613812345678"))
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/staff/sign-in/")
    assert "无权打开" in answer.content.decode()


def test_signed_in_staff_are_led_to_their_work(client, manager):
    client.force_login(manager)
    assert client.get("/staff/sign-in/")["Location"] == "/admin/"


def test_a_staff_session_ends_with_the_working_day(client, manager):
    enter(client)
    assert client.session.get_expiry_age() == pytest.approx(10 * 3600, abs=60)


def test_five_wrong_passwords_lock_the_name_for_this_address(client, manager):
    for _ in range(4):
        assert enter(client, password="wrong").status_code == 200
    answer = enter(client, password="wrong")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "15 分钟后再试" in answer.content.decode()
    assert enter(client).status_code == 429
    assert "_auth_user_id" not in client.session


def test_forged_addresses_buy_no_further_tries(client, manager):
    for n in range(5):
        client.post(
            "/staff/sign-in/",
            {"username": "wang", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{n}", "X-Real-IP": f"10.0.0.{n}"},
        )
    assert enter(client).status_code == 429


def test_another_name_is_not_locked_with_it(client, manager, regulator):
    for _ in range(5):
        enter(client, password="wrong")
    assert enter(client, username="jian")["Location"] == "/board/"
