"""Codes are limited per phone and per address, and say when to come back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.accounts.models import SignInCode
from portal.accounts.services import codes
from portal.notices.models import Message
from tests.accounts.conftest import last_code

PHONE, INDEXED = "13812345678", "+8613812345678"
START = datetime(2026, 11, 18, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def ask(phone=INDEXED, ip="192.0.2.1", at=START):
    return codes.request_code(phone=phone, ip=ip, at=at)


def test_a_second_code_within_a_minute_is_refused_with_the_seconds_left(client):
    with time_machine.travel(START, tick=False) as clock:
        client.post("/sign-in/", {"phone": PHONE})
        clock.shift(18)
        answer = client.post("/sign-in/", {"phone": PHONE})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "42"
    assert "请在 42 秒后重新获取" in answer.content.decode()
    assert Message.objects.count() == 1


def test_whoever_pressed_twice_can_still_type_the_first_code(client):
    client.post("/sign-in/", {"phone": PHONE})
    client.post("/sign-in/", {"phone": PHONE})
    assert client.post("/sign-in/", {"code": last_code()}).status_code == 302


def test_the_code_can_be_asked_for_again_after_a_minute(client):
    with time_machine.travel(START, tick=False) as clock:
        client.post("/sign-in/", {"phone": PHONE})
        first = last_code()
        clock.shift(60)
        client.post("/sign-in/", {"again": "1"})
        assert Message.objects.count() == 2
        assert client.post("/sign-in/", {"code": last_code()}).status_code == 302
    assert SignInCode.objects.filter(used_at__isnull=False).count() == 1
    assert first


def test_asking_again_without_a_code_starts_over(client):
    page = client.post("/sign-in/", {"again": "1"})
    assert "phone" in page.context["form"].fields


def test_a_new_code_replaces_the_old_one():
    old = ask()
    ask(at=START + timedelta(minutes=2))
    with pytest.raises(codes.NotConfirmed, match="已失效"):
        codes.confirm(code_id=old.pk, digits="000000", at=START + timedelta(minutes=3))


def test_a_phone_gets_five_unused_codes_a_day():
    for n in range(5):
        ask(at=START + timedelta(minutes=2 * n))
    with pytest.raises(codes.TooMany, match="明天再试") as refusal:
        ask(at=START + timedelta(minutes=10))
    assert refusal.value.wait == timedelta(days=1) - timedelta(minutes=10)
    ask(at=START + timedelta(days=1))


def test_codes_that_were_used_do_not_count():
    at = START
    for _ in range(8):
        code = ask(at=at)
        codes.confirm(code_id=code.pk, digits=last_code(), at=at)
    assert Message.objects.count() == 8


def test_an_address_gets_twenty_unused_codes_a_day():
    for n in range(20):
        ask(phone=f"+86138123456{n:02}")
    with pytest.raises(codes.TooMany, match="当前网络"):
        ask(phone="+8613912345678")
    ask(phone="+8613912345678", ip="192.0.2.2")


def test_a_thousand_addresses_still_send_one_phone_five_messages():
    refused = 0
    for n in range(200):
        try:
            ask(ip=f"192.0.2.{n}", at=START + timedelta(minutes=2 * n))
        except codes.TooMany:
            refused += 1
    assert (Message.objects.count(), refused) == (5, 195)


def test_the_daily_limit_answers_429_with_when_to_come_back(client):
    for n in range(5):
        ask(ip="127.0.0.1", at=START + timedelta(minutes=2 * n))
    with time_machine.travel(START + timedelta(hours=1), tick=False):
        answer = client.post("/sign-in/", {"phone": PHONE})
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(23 * 3600)
    assert answer.context["form"].fields.keys() == {"phone"}


def test_a_forged_forwarding_header_buys_no_further_codes(client, settings):
    settings.BEHIND_PROXY = False
    client.post("/sign-in/", {"phone": PHONE}, headers={"X-Real-IP": "198.51.100.9"})
    assert SignInCode.objects.get().ip == "127.0.0.1"


def test_behind_our_proxy_its_word_is_believed(client, settings):
    settings.BEHIND_PROXY = True
    client.post("/sign-in/", {"phone": PHONE}, headers={"X-Real-IP": "198.51.100.9"})
    assert SignInCode.objects.get().ip == "198.51.100.9"


def test_nonsense_from_the_proxy_counts_under_the_socket(client, settings):
    settings.BEHIND_PROXY = True
    client.post("/sign-in/", {"phone": PHONE}, headers={"X-Real-IP": "nonsense"})
    assert SignInCode.objects.get().ip == "127.0.0.1"


def test_a_code_is_called_by_its_masked_phone():
    assert str(ask()) == "138****5678 2026-11-18 10:00"


def test_old_codes_are_forgotten():
    ask()
    ask(phone="+8613912345678", at=START + timedelta(days=2))
    assert codes.forget(before=START + timedelta(days=1)) == 1
    assert SignInCode.objects.count() == 1
