"""更换手机号码: the new one is proved first, and everything follows the account."""

import pytest

from outages.models import Subscription
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.accounts.models import User
from portal.notices.models import Message
from portal.privacy.services import record
from tests import cast
from tests.accounts.conftest import last_code
from tests.cast import NOW
from tests.filing.walking import text_of
from tests.privacy import lives
from tests.privacy.lives import NEW_PHONE, PHONE


@pytest.fixture
def client(net):
    cast.zhang()
    return lives.signed_in()


def change(client, phone=NEW_PHONE):
    client.post("/me/phone/", {"phone": phone})
    return client.post("/me/phone/", {"code": last_code()}, follow=True)


def test_a_proved_number_becomes_the_one_to_sign_in_with(client):
    answer = change(client)
    assert "手机号码已更换" in text_of(answer)
    user = User.objects.get(username="zhang")
    assert (user.phone, user.phone_verified) == ("+8613912345678", True)
    assert lives.signed_in(NEW_PHONE).session["_auth_user_id"] == str(user.pk)
    assert record.since(user, record.MOVED, cast.at("2026-08-31")).count() == 1


def test_the_question_is_still_there_when_the_page_is_opened_again(client):
    client.post("/me/phone/", {"phone": NEW_PHONE})
    assert "验证码已发送至 139****5678" in text_of(client.get("/me/phone/"))


def test_an_unproved_number_changes_nothing(client):
    client.post("/me/phone/", {"phone": NEW_PHONE})
    wrong = "000000" if last_code() != "000000" else "111111"
    answer = client.post("/me/phone/", {"code": wrong})
    assert "验证码不正确" in text_of(answer)
    assert "139****5678" in text_of(answer)
    assert cast.zhang().phone == f"+86{PHONE}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (PHONE, "这就是您现在的号码"),
        ("12345", "手机号码不正确"),
        ("", "请输入手机号码"),
    ],
)
def test_a_number_that_will_not_do_is_kept_with_a_sentence(client, typed, sentence):
    before = Message.objects.count()
    answer = client.post("/me/phone/", {"phone": typed})
    assert sentence in text_of(answer)
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert Message.objects.count() == before


def test_a_number_of_another_account_is_told_only_to_who_holds_it(client):
    cast.chen()
    answer = client.post("/me/phone/", {"phone": "13800000002"})
    assert answer.status_code == 302
    answer = client.post("/me/phone/", {"code": last_code()})
    assert "这个号码已经有账号" in text_of(answer)
    assert cast.zhang().phone == f"+86{PHONE}"


def test_texts_about_outages_follow(client, net):
    user, new = cast.zhang(), f"+86{NEW_PHONE}"
    for area in (net.garden, net.school):
        subscribing.by_sms(Place(area), phone=f"+86{PHONE}", user=user, at=NOW)
    twin = subscribing.by_sms(Place(net.school), phone=new, at=NOW)
    change(client)
    running = Subscription.objects.filter(ended_at=None).order_by("pk")
    assert [row.address for row in running] == [new, new]
    assert list(running)[-1] == twin
    index = subscribing.index_of(new)
    assert {row.address_index for row in running} == {index}


def test_a_code_can_be_asked_for_again_or_another_number_given(client):
    client.post("/me/phone/", {"phone": NEW_PHONE})
    answer = client.post("/me/phone/", {"again": "1"})
    assert answer.status_code == 429
    assert "139****5678" in text_of(answer)
    client.get("/me/phone/?restart=1")
    assert "新的手机号码" in text_of(client.get("/me/phone/"))


def test_without_a_question_there_is_no_answer(client):
    answer = client.post("/me/phone/", {"code": "123456"})
    assert "验证码已失效" in text_of(answer)
    assert client.post("/me/phone/", {"again": "1"}).status_code == 200
