"""From signing in to the number, for every user type; none is asked for its type."""

import re
from datetime import date

import pytest
import time_machine

from applications.lifecycle import Status
from applications.models import Application
from portal.notices.models import Message
from sla.models import Clock
from sla.vocabulary import Level, Stage, UserType
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db

WAYS = [
    (cast.zhang, walking.HOME, UserType.THREE_ZERO, "“三零”服务，全程不超过 5 个"),
    (cast.chen, walking.SHOP, UserType.THREE_ZERO, "“三零”服务，全程不超过 5 个"),
    (cast.chen, walking.SCHOOL, UserType.LOW_VOLTAGE, "合计不超过 6 个工作日"),
    (cast.chen, walking.FACTORY, UserType.HIGH_VOLTAGE_SINGLE, "不超过 17 个工作日"),
    (cast.chen, walking.HOSPITAL, UserType.HIGH_VOLTAGE_DUAL, "不超过 27 个工作日"),
    (cast.chen, walking.DATA_CENTRE, UserType.EXTRA_HIGH_SINGLE, "不超过 22 个工作日"),
]


@pytest.mark.parametrize(
    ("who", "answers", "user_type", "headline"),
    WAYS,
    ids=[w[1].need["purpose"] for w in WAYS],
)
def test_answers_become_a_user_type(who, answers, user_type, headline):
    client = walking.browser_of(who())
    draft = walking.fill_in(client, answers)
    last_page = walking.text_of(client.get(f"{draft}check/"))

    response = walking.press_submit(client, draft)

    assert response["Location"] == f"{draft}done/"
    application = walking.application_of(draft)
    assert application.status == Status.SUBMITTED
    assert application.user_type == user_type
    assert headline in last_page
    confirmation = walking.text_of(client.get(f"{draft}done/"))
    assert application.number in confirmation
    assert headline in confirmation
    assert [e.action for e in application.events.all()] == ["submit"]


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        (walking.SHOP, ["最晚 10月14日（周三）"]),
        (walking.SCHOOL, ["最晚 10月9日（周五）", "最晚 10月13日（周二）"]),
        (walking.HOSPITAL, ["最晚 10月9日（周五）", "最晚 11月5日（周四）"]),
    ],
    ids=["三零", "低压", "双电源"],
)
def test_promised_dates_are_those_of_the_clocks(answers, sentences):
    """Filed on 2026-10-08: 10-10 is a Saturday that works."""
    with time_machine.travel(cast.at("2026-10-08", "15:00"), tick=False):
        client = walking.browser_of(cast.chen())
        draft = walking.fill_in(client, answers)
        shown = walking.text_of(client.get(f"{draft}check/"))
        walking.press_submit(client, draft)
        confirmed = walking.text_of(client.get(f"{draft}done/"))

    for sentence in sentences:
        assert sentence in shown
        assert sentence in confirmed
    clocks = Clock.objects.of(walking.application_of(draft).number).filter(
        level=Level.NATIONAL
    )
    first = clocks.filter(stage__in=[Stage.ACCEPTANCE, Stage.TOTAL]).order_by("due_at")
    due = first[0].due_on
    assert f"最晚 {due.month}月{due.day}日" in shown


def test_a_date_beyond_the_published_calendar_is_called_provisional():
    with time_machine.travel(cast.at("2026-12-29"), tick=False):
        client = walking.browser_of(cast.chen())
        draft = walking.fill_in(client, walking.HOSPITAL)
        shown = walking.text_of(client.get(f"{draft}check/"))

    assert "暂定" in shown


def test_from_the_door_to_the_number_by_phone_code(client):
    """张大爷 opens 申请用电, is asked to sign in, and comes back to where he was."""
    front = client.get("/apply/")
    assert 'href="/sign-in/?next=/apply/"' in front.content.decode()
    client.post("/sign-in/?next=/apply/", {"phone": "138 0000 0001"})
    code = re.search(r"\d{6}", Message.objects.latest("pk").text)
    assert code
    response = client.post(
        "/sign-in/?next=/apply/", {"code": code.group(), "next": "/apply/"}
    )
    assert response["Location"] == "/apply/"

    draft = walking.fill_in(client, walking.HOME)
    response = walking.press_submit(client, draft)

    done = client.get(response["Location"])
    assert "申请已提交" in walking.text_of(done)
    filed = Application.objects.get()
    assert filed.applicant.name == "张建国"
    assert filed.applicant.phone == "+8613800000001"
    assert filed.region_id == cast.HEXI
    assert filed.documents.count() == 2


def test_the_account_s_phone_is_filled_in():
    client = walking.browser_of(cast.zhang())
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.HOME.need)

    page = client.get(f"{draft}person/")

    assert 'value="13800000001"' in page.content.decode()


def test_who_applied_before_need_not_write_it_all_again():
    client = walking.browser_of(cast.zhang())
    walking.press_submit(client, walking.fill_in(client, walking.HOME))
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.HOME.need)

    page = client.get(f"{draft}person/").content.decode()

    assert 'value="张建国"' in page
    assert "110***********002X" in page
    assert "11010519491231002X" not in page
    answers = {**walking.PERSON, "id_number": ""}
    assert client.post(f"{draft}person/", answers).status_code == 302
    application = walking.application_of(draft)
    assert application.applicant.id_number == "11010519491231002X"
    assert application.applicant != Application.objects.filed().get().applicant


def test_the_day_is_shanghai_s_even_late_in_the_evening():
    with time_machine.travel(cast.at("2026-09-01", "23:59"), tick=False):
        client = walking.browser_of(cast.zhang())
        draft = walking.fill_in(client, walking.HOME)
        walking.press_submit(client, draft)

    total = Clock.objects.get(stage=Stage.TOTAL, level=Level.NATIONAL)
    assert total.due_on == date(2026, 9, 8)
