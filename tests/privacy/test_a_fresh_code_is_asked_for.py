"""Whoever finds a phone unlocked gets no copy and closes nothing: a code is asked."""

from datetime import timedelta

import pytest

from portal.accounts.services import codes
from portal.notices.models import Message
from tests import cast
from tests.accounts.conftest import last_code
from tests.filing.walking import text_of
from tests.privacy import lives

PURPOSES = ("copy", "phone", "close")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_old_session_is_sent_to_prove_itself_and_back(net, purpose):
    client = lives.browser(cast.zhang())
    for asked in (client.get, client.post):
        assert asked(f"/me/{purpose}/")["Location"] == f"/me/code/?for={purpose}"
    assert lives.prove(client, purpose) == f"/me/{purpose}/"
    assert client.get(f"/me/{purpose}/").status_code == 200


def test_who_signed_in_just_now_is_not_asked_again(net, clock):
    cast.zhang()
    client = lives.signed_in()
    clock.shift(timedelta(minutes=4, seconds=59))
    assert client.get("/me/copy/").status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client.get("/me/copy/").status_code == 302


def test_a_proof_lasts_five_minutes(net, clock):
    client = lives.browser(cast.zhang())
    lives.prove(client, "copy")
    clock.shift(timedelta(minutes=5))
    assert client.get("/me/copy/").status_code == 302


def test_the_code_goes_to_the_phone_of_the_account_alone(net):
    client = lives.browser(cast.zhang())
    client.post("/me/code/?for=copy", {"phone": "13999999999"})
    assert Message.objects.get().address == "+8613800000001"


def test_the_page_says_where_the_code_goes_before_and_after_it_went(net):
    client = lives.browser(cast.zhang())
    assert "138****0001 收一次验证码" in text_of(client.get("/me/code/?for=copy"))
    client.post("/me/code/?for=copy")
    said = text_of(client.get("/me/code/?for=copy"))
    assert "验证码已发送至 138****0001" in said


def test_a_wrong_code_opens_nothing(net):
    client = lives.browser(cast.zhang())
    client.post("/me/code/?for=copy")
    wrong = "000000" if last_code() != "000000" else "111111"
    answer = client.post("/me/code/?for=copy", {"code": wrong})
    assert "验证码不正确" in text_of(answer)
    answer = client.post("/me/code/?for=copy", {"code": "12"})
    assert "验证码是 6 位数字" in text_of(answer)
    assert client.get("/me/copy/").status_code == 302


def test_a_code_that_is_over_is_asked_for_anew(net, clock):
    client = lives.browser(cast.zhang())
    client.post("/me/code/?for=copy")
    clock.shift(codes.LIFETIME + timedelta(seconds=1))
    answer = client.post("/me/code/?for=copy", {"code": last_code()})
    assert "验证码已失效" in text_of(answer)
    assert "获取验证码" in text_of(answer)


def test_another_code_within_a_minute_is_refused_and_the_first_still_opens(net):
    client = lives.browser(cast.zhang())
    client.post("/me/code/?for=copy")
    answer = client.post("/me/code/?for=copy", {"again": "1"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "刚刚发送过" in text_of(answer)
    answer = client.post("/me/code/?for=copy", {"code": last_code()})
    assert answer["Location"] == "/me/copy/"


def test_too_many_codes_a_day_are_refused_without_a_question(net, clock):
    client = lives.browser(cast.zhang())
    for _ in range(codes.PER_PHONE_AND_DAY):
        client.post("/me/code/?for=copy")
        clock.shift(timedelta(minutes=11))
    answer = client.post("/me/code/?for=copy")
    assert answer.status_code == 429
    assert "次数已用完" in text_of(answer)


def test_a_purpose_that_is_none_leads_back(net):
    client = lives.browser(cast.zhang())
    assert client.get("/me/code/?for=//evil.example")["Location"] == "/me/"
