"""/track/: number, phone and code show stage and dates; guesses learn nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from applications.services import acceptance
from portal.notices.models import Message
from portal.public.models import TrackingRequest
from portal.public.tasks import forget_requests
from sla.ground import numbers
from tests import cast
from tests.tracking.visits import on, text_of

pytestmark = pytest.mark.django_db

PHONE = "138 0000 0002"
NOW = cast.at("2026-11-18")


@pytest.fixture
def accepted() -> Application:
    return cast.walk(Status.ACCEPTED, cast.FACTORY, moment=cast.at("2026-11-06"))


def sent_code() -> str:
    text = Message.objects.latest("pk").text
    found = re.search(r"\d{6}", text)
    assert found
    return found.group()


def ask(client: Client, number: str, phone: str = PHONE) -> Any:
    return client.post("/track/", {"number": number, "phone": phone})


def body(response: Any) -> str:
    """Return a page without what differs from one visit to the next."""
    html = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|BD-[0-9A-Z-]+', "", html)


def test_number_phone_and_code_show_the_progress(accepted: Application) -> None:
    client = Client()
    with on(NOW):
        assert ask(client, str(accepted.number).lower())["Location"] == "/track/"
        said = text_of(client.get("/track/"))
        assert "验证码已发送至 138****0002。" in said
        answer = client.post("/track/", {"code": sent_code()})
        assert answer["Location"] == f"/track/{accepted.number}/"
        page = client.get(answer["Location"])
    said = text_of(page)
    assert "还剩 2 个工作日，11月20日（周五）前答复" in said
    assert "答复供电方案" not in said
    assert "no-store" in page["Cache-Control"]


def test_the_public_page_names_nobody_and_leads_nowhere_private(
    accepted: Application,
) -> None:
    client = Client()
    with on(NOW):
        ask(client, str(accepted.number))
        answer = client.post("/track/", {"code": sent_code()})
        html = client.get(answer["Location"]).content.decode()
    for private in (
        "天津海河食品",
        "友谊路",
        "王工",
        "T0012",
        "陈志强",
        "why/",
        "hx-get",
    ):
        assert private not in html


def test_a_refusal_s_words_stay_private() -> None:
    application = cast.submitted(cast.FACTORY, moment=cast.at("2026-11-16"))
    acceptance.refuse(
        application, by=cast.wang(), at=NOW, reason="陈志强未到场", next_step="找物业"
    )
    client = Client()
    with on(NOW):
        ask(client, str(application.number))
        answer = client.post("/track/", {"code": sent_code()})
        said = text_of(client.get(answer["Location"]))
    assert "申请没有受理。" in said
    assert "陈志强" not in said


def test_a_wrong_number_and_a_wrong_phone_are_answered_alike(
    accepted: Application,
) -> None:
    theirs, nobodys = Client(), Client()
    with on(NOW):
        first = [ask(theirs, str(accepted.number), "13900000009")]
        first.append(theirs.post("/track/", {"code": sent_code()}))
    with on(NOW + timedelta(minutes=2)):
        second = [ask(nobodys, numbers.new_number(), "13900000009")]
        second.append(nobodys.post("/track/", {"code": sent_code()}))
    for one, other in zip(first, second, strict=True):
        assert one.status_code == other.status_code
        assert body(one) == body(other)
    assert "没有找到与这个手机号相符的申请" in text_of(first[1])
    assert TrackingRequest.objects.filter(missed=True).count() == 2


def test_the_account_s_own_phone_opens_it_too() -> None:
    application = cast.submitted(cast.HOME, moment=cast.at("2026-11-16"))
    assert application.applicant is not None
    application.applicant.phone_index = "somebody else, for an agent filed it"
    application.applicant.save(update_fields=["phone_index"])
    client = Client()
    with on(NOW):
        ask(client, str(application.number), "13800000001")
        answer = client.post("/track/", {"code": sent_code()})
    assert answer["Location"] == f"/track/{application.number}/"


def test_a_draft_is_found_by_nobody() -> None:
    cast.drafted()
    client = Client()
    with on(NOW):
        ask(client, numbers.new_number(), "13800000001")
        answer = client.post("/track/", {"code": sent_code()})
    assert answer.status_code == 200


def test_without_a_code_there_is_nothing_to_see(accepted: Application) -> None:
    with on(NOW):
        assert Client().get(f"/track/{accepted.number}/")["Location"] == "/track/"


def test_the_sight_ends_after_an_hour(accepted: Application) -> None:
    client = Client()
    with on(NOW):
        ask(client, str(accepted.number))
        page = client.post("/track/", {"code": sent_code()})["Location"]
    with on(NOW + timedelta(minutes=59)):
        assert client.get(page).status_code == 200
    with on(NOW + timedelta(minutes=61)):
        assert client.get(page)["Location"] == "/track/"


def test_a_wrong_code_says_how_many_tries_are_left(accepted: Application) -> None:
    client = Client()
    with on(NOW):
        ask(client, str(accepted.number))
        wrong = "000000" if sent_code() != "000000" else "111111"
        answer = client.post("/track/", {"code": wrong})
        assert "还可以再试 4 次" in text_of(answer)
        assert "输入验证码" in text_of(answer)
        malformed = client.post("/track/", {"code": "12"})
    assert "验证码是 6 位数字" in text_of(malformed)


def test_a_code_out_of_nowhere_starts_again() -> None:
    with on(NOW):
        answer = Client().post("/track/", {"code": "123456"})
    assert "验证码已失效，请重新查询。" in text_of(answer)


def test_one_can_start_over(accepted: Application) -> None:
    client = Client()
    with on(NOW):
        ask(client, str(accepted.number))
        said = text_of(client.get("/track/?restart=1"))
    assert "申请编号" in said


@pytest.mark.parametrize(
    ("number", "phone", "told"),
    [
        ("BD-0000-0000-0000-1", PHONE, "申请编号不对"),
        ("BD-" * 20, PHONE, "申请编号不对"),
        ("BD-0000-0000-0000-0", "1" * 41, "手机号码不正确"),
        ("", PHONE, "请输入申请编号。"),
        (None, "0222222", "手机"),
        (None, "", "请输入手机号码。"),
    ],
)
def test_slips_are_told_at_their_field(number: str, phone: str, told: str) -> None:
    given = numbers.new_number() if number is None else number
    with on(NOW):
        answer = ask(Client(), given, phone)
    assert told in text_of(answer)
    assert not Message.objects.exists()


@pytest.mark.parametrize("exists", [True, False])
def test_a_number_is_asked_about_five_times_an_hour(
    accepted: Application, exists: bool
) -> None:
    number = str(accepted.number) if exists else numbers.new_number()
    for n in range(5):
        with on(NOW + timedelta(minutes=n)):
            assert ask(Client(), number, f"1390000{n:04d}").status_code == 302
    with on(NOW + timedelta(minutes=6)):
        answer = ask(Client(), number, "13900000099")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert "查询得太频繁" in text_of(answer)
    with on(NOW + timedelta(minutes=66)):
        assert ask(Client(), number, "13900000098").status_code == 302


def test_ten_misses_close_an_address_for_an_hour(accepted: Application) -> None:
    for n in range(10):
        with on(NOW + timedelta(minutes=2 * n)):
            client = Client()
            ask(client, numbers.new_number(), "13900000009")
            client.post("/track/", {"code": sent_code()})
    with on(NOW + timedelta(minutes=25)):
        answer = ask(Client(), str(accepted.number))
    assert answer.status_code == 429
    assert "核对不上的次数太多" in text_of(answer)


def test_a_second_code_within_the_minute_is_not_sent(accepted: Application) -> None:
    client = Client()
    with on(NOW):
        ask(client, str(accepted.number))
        answer = ask(client, str(accepted.number))
        assert answer.status_code == 429
        assert "输入验证码" in text_of(answer)
        assert Message.objects.count() == 1
        page = client.post("/track/", {"code": sent_code()})
    assert page["Location"] == f"/track/{accepted.number}/"


def test_what_was_asked_is_forgotten_after_a_day(accepted: Application) -> None:
    with on(NOW):
        ask(Client(), str(accepted.number))
    with on(NOW + timedelta(days=1, minutes=1)):
        ask(Client(), numbers.new_number(), "13900000009")
    (kept,) = TrackingRequest.objects.all()
    assert kept.number != accepted.number
    assert str(kept).startswith(kept.number)
    with on(NOW + timedelta(days=2, minutes=1)):
        forget_requests()
    assert not TrackingRequest.objects.exists()
