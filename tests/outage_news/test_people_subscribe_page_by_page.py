"""Find the place, choose the way, prove the phone: each step a page without scripts."""

import re

import pytest

from applications.lifecycle import Status
from outages.models import Account, Subscription, Way
from outages.services import network
from portal.accounts.models import SignInCode
from portal.notices.models import Message
from tests import cast
from tests.outage_news.readers import by_phone
from tests.outage_news.receiver import Browser
from tests.outages.lives import GARDEN, LINE_ONE, fault
from tests.tracking.visits import browser_of

pytestmark = pytest.mark.django_db

FIND = "/outages/subscribe/"


def gate(net) -> str:
    return f"{FIND}?premises={net.garden_gate.pk}"


def said(answer) -> str:
    return answer.content.decode()


def code_of(phone_end: str = "0011") -> str:
    message = Message.objects.filter(about__startswith="sign-in:").latest("pk")
    assert message.address.endswith(phone_end)
    return re.search(r"\d{6}", message.text).group()


def asked(client, net):
    return client.post(gate(net), {"way": "sms", "phone": "138 0000 0011"})


def test_an_address_is_found_and_leads_on(net, client):
    answer = client.get(FIND, {"q": "友谊路12号"})
    assert f"?premises={net.garden_gate.pk}" in said(answer)
    assert "友谊路12号海河花园" in said(client.get(gate(net)))


def test_an_account_number_is_found(net, client):
    answer = client.get(FIND, {"q": "1200000001"})
    assert "?account=1200000001" in said(answer)
    assert client.get(f"{FIND}?account=1200000001").context["place"].account


@pytest.mark.parametrize("text", ["", "  ", "不存在的地方啊", "1299999999"])
def test_what_is_not_found_says_what_to_do(net, client, text):
    answer = client.get(FIND, {"q": text})
    assert answer.context["found"].problem
    assert "95598" in said(answer) or "请填写" in said(answer)
    assert not text.strip() or f'value="{text}"' in said(answer)
    assert "<title>错误：" in said(answer)


@pytest.mark.parametrize(
    "query",
    [
        "premises=999999",
        "premises=x",
        "premises=%C2%B2",
        "premises=%00",
        "account=1",
        "account=%00",
        "area=NO",
        "area=%00",
        "q=%00%00%00",
    ],
)
def test_a_place_that_does_not_exist_leads_back_to_the_search(net, client, query):
    answer = client.get(f"{FIND}?{query}")
    assert answer.status_code == 200
    assert answer.context["found"].problem


def test_more_than_fit_on_a_page_are_not_listed(net, client):
    for number in range(25):
        network.add_premises(transformer=net.school, address=f"友谊南路{number}号")
    found = client.get(FIND, {"q": "友谊南路"}).context["found"]
    assert len(found.choices) == 20
    assert found.more


def test_an_outage_of_one_area_is_a_place(net, client):
    outage = fault(GARDEN)
    answer = client.get(f"{FIND}?outage={outage.number}")
    assert answer.context["place"].transformer == net.garden


def test_of_an_outage_of_many_areas_one_is_chosen(net, client):
    outage = fault(LINE_ONE)
    answer = client.get(f"{FIND}?outage={outage.number}")
    assert "place" not in answer.context
    assert outage.number in said(answer)


def test_an_outage_nobody_may_see_is_no_place(net, client):
    assert "place" not in client.get(f"{FIND}?outage=TD-NONE").context


def test_a_phone_is_subscribed_once_it_is_proved(net, client):
    answer = asked(client, net)
    assert answer["Location"] == "/outages/subscribe/code/"
    assert not Subscription.objects.exists()
    page = client.get(answer["Location"])
    assert "138****0011" in said(page)
    assert "友谊路12号海河花园" in said(page)
    done = client.post(answer["Location"], {"code": code_of()})
    row = Subscription.objects.get()
    assert done["Location"] == f"/outages/subscriptions/{row.token}/?new=1"
    assert (row.way, row.address, row.user) == (Way.SMS, "+8613800000011", None)
    assert row.premises == net.garden_gate
    assert "订阅成功" in said(client.get(done["Location"]))


def test_a_wrong_code_subscribes_nobody(net, client):
    asked(client, net)
    wrong = "000000" if code_of() != "000000" else "111111"
    answer = client.post("/outages/subscribe/code/", {"code": wrong})
    assert "还可以再试 4 次" in said(answer)
    answer = client.post("/outages/subscribe/code/", {"code": "abc"})
    assert "验证码是 6 位数字" in said(answer)
    assert not Subscription.objects.exists()


def test_the_code_of_another_browser_is_no_use(net, client):
    assert client.get("/outages/subscribe/code/")["Location"] == FIND
    answer = client.post("/outages/subscribe/code/", {"code": "123456"})
    assert answer["Location"] == FIND


def test_asking_again_at_once_leads_to_the_code_that_is_on_its_way(net, client):
    asked(client, net)
    again = client.post("/outages/subscribe/code/", {"again": "1"})
    assert again["Location"] == "/outages/subscribe/code/"
    assert SignInCode.objects.count() == 1


def test_too_many_codes_are_refused(net, client):
    SignInCode.objects.all().delete()
    asked(client, net)
    code = SignInCode.objects.get()
    for number in range(5):
        copy = SignInCode.objects.get(pk=code.pk)
        copy.pk, copy.closed_at = None, code.requested_at
        copy.requested_at = code.requested_at
        copy.code_hash = str(number)
        copy.save()
    SignInCode.objects.update(closed_at=code.requested_at)
    answer = asked(client, net)
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "明天再试" in said(answer)
    assert 'value="138 0000 0011"' in said(answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "请选择一种通知方式"),
        ({"way": "pigeon"}, "请从列出的方式里选一种"),
        ({"way": "sms"}, "请填写接收短信的手机号码"),
        ({"way": "sms", "phone": "022-28281234"}, "座机不能接收验证码"),
        ({"way": "sms", "phone": "123"}, "手机号码不正确"),
        ({"way": "webhook", "url": "https://a.example.com"}, "请从列出的方式里选一种"),
        ({"way": "in_app"}, "请从列出的方式里选一种"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(
    net, client, given, sentence
):
    answer = client.post(gate(net), given)
    assert sentence in said(answer)
    assert given.get("phone", "") in said(answer)
    assert not Subscription.objects.exists()


@pytest.fixture
def signed_in(net):
    return browser_of(cast.zhang())


def test_ones_own_proved_phone_needs_no_code(net, signed_in):
    assert 'value="13800000001"' in said(signed_in.get(gate(net)))
    answer = signed_in.post(gate(net), {"way": "sms", "phone": "13800000001"})
    row = Subscription.objects.get()
    assert row.token in answer["Location"]
    assert row.user == cast.zhang()


def test_another_phone_needs_one(net, signed_in):
    answer = signed_in.post(gate(net), {"way": "sms", "phone": "13800000011"})
    assert answer["Location"] == "/outages/subscribe/code/"
    signed_in.post(answer["Location"], {"code": code_of()})
    assert Subscription.objects.get().user == cast.zhang()


def test_within_the_portal_needs_nothing_more(net, signed_in):
    signed_in.post(gate(net), {"way": "in_app"})
    assert Subscription.objects.get().way == Way.IN_APP


def test_a_system_is_shown_its_secret_once(net, signed_in):
    given = {"way": "webhook", "url": "https://wuye.example.com/in"}
    answer = signed_in.post(gate(net), given)
    secret = answer.context["secret"]
    assert secret in said(answer)
    row = Subscription.objects.get()
    assert secret in row.address
    page = signed_in.get(f"/outages/subscriptions/{row.token}/")
    assert secret not in said(page)
    assert "wuye.example.com" in said(page)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "请填写接收推送的地址"),
        ("https://10.0.0.1/", "内部网络"),
        ("x", "https://"),
    ],
)
def test_a_system_out_of_reach_is_refused(net, signed_in, url, sentence):
    answer = signed_in.post(gate(net), {"way": "webhook", "url": url})
    assert sentence in said(answer)


def test_a_browser_is_subscribed_by_what_its_script_sends(net, client, receiver):
    page = client.get(gate(net))
    assert f'data-push="{page.context["push_key"]}"' in said(page)
    browser = Browser(f"{receiver.url}/1")
    client.post(gate(net), {"way": "web_push", "browser": browser.said()})
    assert Subscription.objects.get().way == Way.WEB_PUSH


def test_without_its_script_a_browser_is_told_to_choose_another_way(
    net, client, receiver
):
    answer = client.post(gate(net), {"way": "web_push"})
    assert "改选短信" in said(answer)


def test_without_a_key_browsers_are_not_offered(net, client, settings):
    settings.PUSH_KEY = ""
    assert "web_push" not in said(client.get(gate(net)))


def test_ones_own_accounts_are_offered(net, signed_in):
    application = cast.walk(Status.ENERGISED)
    number = application.connection.account_number
    if not Account.objects.filter(number=number).exists():
        network.add_account(number=number, premises=net.garden_gate)
    assert f"?account={number}" in said(signed_in.get(FIND))


def test_too_many_places_are_refused_in_a_sentence(net, signed_in):
    for number in range(20):
        area = network.add_transformer(
            code=f"T-X-{number}", name=f"台区{number}", line=net.youyi_one, households=1
        )
        signed_in.post(f"{FIND}?area={area.code}", {"way": "in_app"})
    answer = signed_in.post(gate(net), {"way": "in_app"})
    assert answer.status_code == 403
    assert "最多订阅 20 个" in said(answer)


def test_too_many_places_of_one_phone_are_refused_after_the_code(net, client):
    for number in range(20):
        area = network.add_transformer(
            code=f"T-X-{number}", name=f"台区{number}", line=net.youyi_one, households=1
        )
        by_phone(area)
    asked(client, net)
    answer = client.post("/outages/subscribe/code/", {"code": code_of()})
    assert answer.status_code == 403
    assert "最多订阅 20 个" in said(answer)


def test_where_a_manager_stands_between_it_is_said(net, client):
    page = client.get(f"{FIND}?premises={net.market_hall.pk}")
    assert "转告住户" in said(page)
    assert "转告住户" not in said(client.get(gate(net)))
