"""Who subscribed to several places reads which is meant, and nothing that tells who."""

import pytest
from django.core.exceptions import ValidationError

from outages.models import Subscription
from outages.selectors import places, subscribers
from outages.services import network, subscribing
from outages.services.subscribing import Place
from portal.notices.models import Message
from portal.notices.outage_wording import OUTAGES, whom_of
from portal.notices.services import outage_news
from tests import cast
from tests.outage_news.readers import PHONE, by_phone, tell, text_to, told
from tests.outages.lives import GARDEN, LINE_ONE, fault
from tests.tracking.visits import browser_of

pytestmark = pytest.mark.django_db


def called(place: Place, label: str) -> Subscription:
    wanted = Place(place.transformer, place.premises, place.account, label)
    return subscribing.by_sms(wanted, phone=PHONE, at=cast.NOW)


def test_a_place_goes_by_the_name_its_subscriber_gave_it(net):
    called(Place(net.garden), "父母家")
    called(Place(net.square), "店铺")

    fault(GARDEN)
    tell()

    assert text_to().startswith("【办电】您订阅的地址（父母家）因故障停电")


def test_without_one_it_goes_by_its_compound(net):
    subscribing.by_sms(
        subscribing.at_premises(net.garden_gate), phone=PHONE, at=cast.NOW
    )

    fault(GARDEN)
    tell()

    assert "您订阅的地址（海河花园）" in text_to()
    assert "12号" not in text_to()


def test_an_account_goes_by_its_compound_too(net):
    row = subscribing.by_sms(
        subscribing.at_account(net.zhang_home), phone=PHONE, at=cast.NOW
    )

    assert subscribers.called(row) == "海河花园"


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("友谊路12号3栋", "友谊路"),
        ("友谊路１２号", "友谊路"),
        ("友谊路十二号", "友谊路"),
        ("九江路二十一弄", "九江路"),
        ("十一经路", "十一经路"),
        ("12号楼", ""),
    ],
)
def test_a_street_is_named_without_the_house(net, address, street):
    row = network.add_premises(transformer=net.school, address=address)

    assert places.street_of(row) == street
    wish = subscribing.by_sms(subscribing.at_premises(row), phone=PHONE, at=cast.NOW)
    assert subscribers.called(wish) == (street or "友谊小学台区")


def test_several_places_that_one_outage_cuts_are_one_message(net):
    called(Place(net.garden), "父母家")
    called(Place(net.school), "店铺")

    fault(LINE_ONE)
    tell()

    assert "您订阅的地址（父母家、店铺）" in text_to()
    assert told() == ["故障停电"]


def test_so_they_are_when_others_are_told_in_between(net):
    called(Place(net.garden), "父母家")
    by_phone(net.garden, "+8613800000099")
    called(Place(net.school), "店铺")

    fault(LINE_ONE)
    outage_news.run(at=cast.NOW, size=1)

    assert "您订阅的地址（父母家、店铺）" in text_to()


def test_of_many_places_three_are_named():
    assert whom_of(["a", "b", "c"], for_residents=False) == "您订阅的地址（a、b、c）"
    assert whom_of(["a", "b", "c", "d"], for_residents=False) == (
        "您订阅的地址（a、b、c等4处）"
    )
    assert whom_of(["海河花园"], for_residents=True) == "您管理的小区（海河花园）"


def test_every_letter_says_whose_power_it_is():
    assert all("%(whom)s" in str(news.text) for news in OUTAGES.values() if news)


# -- What a place may be called
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  店铺 ", "店铺"),
        ("父母家", "父母家"),
        ("２号仓库", "2号仓库"),
        ("My shop", "My shop"),
        ("店\u200b铺", "店铺"),
    ],
)
def test_a_short_name_is_taken(typed, kept):
    assert subscribing.clean_label(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("非常非常长的一个称呼了", "最多10个字"),
        ("12号楼301", "最多带两个数字"),
        ("1380000", "最多带两个数字"),
        ("evil.cn", "只用文字"),
        ("a/b", "只用文字"),
        ("%(number)s", "只用文字"),
        ("【银行】", "只用文字"),
        ("_", "只用文字"),
    ],
)
def test_what_could_mislead_in_a_text_message_is_refused(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        subscribing.clean_label(typed)


def test_who_subscribes_again_may_call_it_otherwise(net):
    row = called(Place(net.garden), "店铺")

    assert called(Place(net.garden), "老店") == row
    row.refresh_from_db()
    assert row.label == "老店"
    by_phone(net.garden)
    row.refresh_from_db()
    assert row.label == "老店", "who says nothing changes nothing"


# -- On the pages
def gate(net) -> str:
    return f"/outages/subscribe/?premises={net.garden_gate.pk}"


def test_it_is_asked_kept_and_shown(net):
    browser = browser_of(cast.zhang())

    browser.post(gate(net), {"way": "in_app", "label": "父母家"})

    row = Subscription.objects.get()
    assert row.label == "父母家"
    for path in (f"/outages/subscriptions/{row.token}/", "/outages/subscriptions/"):
        page = browser.get(path).content.decode()
        assert "父母家" in page
        assert "友谊路12号海河花园" in page


def test_it_waits_while_a_phone_is_proved(net, client):
    typed = {"way": "sms", "phone": "13800000011", "label": "店铺"}
    answer = client.post(gate(net), typed)
    sent = Message.objects.filter(about__startswith="sign-in:").latest("pk").text
    digits = "".join(mark for mark in sent.split("】")[-1] if mark.isdigit())[:6]

    client.post(answer["Location"], {"code": digits})

    assert Subscription.objects.get().label == "店铺"


def test_a_name_that_cannot_be_taken_stays_in_its_field(net):
    page = browser_of(cast.zhang()).post(
        gate(net), {"way": "in_app", "label": "12号楼301"}
    )

    assert "最多带两个数字" in page.content.decode()
    assert 'value="12号楼301"' in page.content.decode()
    assert not Subscription.objects.exists()


def test_a_calendar_bears_it(net, client):
    row = called(Place(net.garden), "店铺")

    feed = client.get(f"/outages/calendar/{row.token}.ics")

    assert "停电计划：店铺" in feed.content.decode()
