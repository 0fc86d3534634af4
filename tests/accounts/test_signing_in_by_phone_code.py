"""An applicant comes in by phone and code; a new phone gets an account."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.accounts.models import SignInCode, User
from portal.accounts.services import people
from portal.notices.models import Message, State
from tests.accounts.conftest import last_code

PHONE = "13812345678"

pytestmark = pytest.mark.django_db


def sign_in(client, phone=PHONE, **extra):
    client.post("/sign-in/", {"phone": phone, **extra})
    return client.post("/sign-in/", {"code": last_code(), **extra})


def test_a_new_phone_gets_an_account_on_confirming(client):
    client.post("/sign-in/", {"phone": PHONE})
    assert not User.objects.exists()
    answer = client.post("/sign-in/", {"code": last_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/applications/")
    user = User.objects.get()
    assert (user.phone, user.role) == ("+8613812345678", "applicant")
    assert user.phone_verified
    assert not user.has_usable_password()
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_known_phone_comes_back_to_its_account(client):
    known = people.applicant_with(phone="+8613812345678")
    sign_in(client)
    assert User.objects.count() == 1
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize(
    "written",
    ["138 1234 5678", "138-1234-5678", "+86 13812345678", "１３８１２３４５６７８"],
)
def test_every_way_of_writing_a_number_is_one_account(client, written):
    known = people.applicant_with(phone="+8613812345678")
    sign_in(client, phone=written)
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize(
    "written", ["", "12345", "022-23456789", "电话", "+14155550100"]
)
def test_what_cannot_receive_a_code_is_refused_with_a_sentence(client, written):
    answer = client.post("/sign-in/", {"phone": written})
    assert answer.status_code == 200
    assert answer.context["form"].errors["phone"]
    assert "号码" in answer.content.decode()
    assert not Message.objects.exists()


def test_the_code_is_sent_at_once_by_the_gateway_of_the_demo(client):
    client.post("/sign-in/", {"phone": PHONE})
    message = Message.objects.get()
    assert message.state == State.SENT
    assert message.address_shown == "138****5678"


@pytest.mark.parametrize(
    "typed", ["{} ", " {}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"]
)
def test_spaces_in_the_code_are_forgiven(client, typed):
    client.post("/sign-in/", {"phone": PHONE})
    answer = client.post("/sign-in/", {"code": typed.format(last_code())})
    assert answer.status_code == 302


def test_full_width_digits_in_the_code_are_forgiven(client):
    client.post("/sign-in/", {"phone": PHONE})
    wide = last_code().translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert client.post("/sign-in/", {"code": wide}).status_code == 302


def test_a_code_opens_the_door_once(client):
    client.post("/sign-in/", {"phone": PHONE})
    code = last_code()
    row = SignInCode.objects.get()
    client.post("/sign-in/", {"code": code})
    client.post("/sign-out/")
    session = client.session
    session["sign_in_code"] = row.pk
    session.save()
    answer = client.post("/sign-in/", {"code": code})
    assert answer.status_code == 200
    assert "重新获取" in answer.content.decode()


def test_a_code_is_dead_after_ten_minutes(client):
    now = datetime(2026, 11, 18, 10, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        client.post("/sign-in/", {"phone": PHONE})
    with time_machine.travel(now + timedelta(minutes=10), tick=False):
        answer = client.post("/sign-in/", {"code": last_code()})
    assert answer.status_code == 200
    assert "已失效" in answer.content.decode()


def test_a_wrong_code_says_how_many_tries_are_left(client):
    client.post("/sign-in/", {"phone": PHONE})
    wrong = "000000" if last_code() != "000000" else "111111"
    page = client.post("/sign-in/", {"code": wrong}).content.decode()
    assert "还可以再试 4 次" in page


def test_after_five_wrong_tries_even_the_right_code_is_refused(client):
    client.post("/sign-in/", {"phone": PHONE})
    code = last_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        client.post("/sign-in/", {"code": wrong})
    answer = client.post("/sign-in/", {"code": code})
    assert "_auth_user_id" not in client.session
    assert "重新获取" in answer.content.decode()


def test_a_code_cannot_be_confirmed_from_another_browser(client):
    client.post("/sign-in/", {"phone": PHONE})
    other = type(client)()
    answer = other.post("/sign-in/", {"code": last_code()})
    assert "_auth_user_id" not in other.session
    assert "已失效" in answer.content.decode()


def test_signed_in_people_are_led_to_their_work(client):
    sign_in(client)
    answer = client.get("/sign-in/")
    assert answer["Location"] == "/applications/"


def test_signing_out_takes_a_post(client):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_a_stopped_account_is_told_so(client):
    user = people.applicant_with(phone="+8613812345678")
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = sign_in(client)
    assert "已停用" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_page_says_where_the_code_went_without_the_full_number(client):
    client.post("/sign-in/", {"phone": PHONE})
    page = client.get("/sign-in/").content.decode()
    assert "验证码已发送至 138****5678" in page
    assert PHONE not in page


def test_the_number_can_be_changed_before_confirming(client):
    client.post("/sign-in/", {"phone": PHONE})
    assert "code" in client.get("/sign-in/").context["form"].fields
    assert "phone" in client.get("/sign-in/?restart=1").context["form"].fields


def test_the_session_and_the_code_row_hold_no_readable_phone(client):
    client.post("/sign-in/", {"phone": PHONE})
    assert PHONE not in str(dict(client.session))
    row = SignInCode.objects.get()
    assert last_code() not in row.code_hash
