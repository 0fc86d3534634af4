"""What is queued is sent once; what went wrong is tried again, or known as unknown."""

from datetime import timedelta

import pytest

from portal.notices.gateways import Unclear
from portal.notices.models import Message, State
from portal.notices.services import delivery, writing
from portal.notices.services.writing import Letter, Recipient
from tests import cast

pytestmark = pytest.mark.django_db

NOW = cast.NOW


def queue(about="TJ1#1", thread="TJ1", phone="+8613800000001", at=NOW) -> Message:
    to = Recipient(key=f"sms:{phone}", phone=phone)
    writing.keep([writing.sms(Letter(about, "标题", "内容", thread=thread), to, at=at)])
    return Message.objects.get(about=about, recipient_key=to.key)


def test_a_queued_message_is_sent_with_the_providers_reference(provider):
    message = queue()
    assert delivery.run(at=NOW).sent == 1
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (State.SENT, NOW, 1)
    assert message.provider_ref == "ref-1"
    assert provider.received == [
        ("+8613800000001", "内容", f"bandian-{message.pk}"),
    ]


def test_what_was_sent_is_not_sent_again(provider):
    queue()
    delivery.run(at=NOW)
    delivery.run(at=NOW + timedelta(days=1))
    assert len(provider.received) == 1


def test_what_the_provider_did_not_take_is_tried_again_later(provider):
    message = queue()
    provider.refuses = True
    assert delivery.run(at=NOW).put_off == 1
    message.refresh_from_db()
    assert (message.state, message.claimed_at) == (State.QUEUED, None)
    assert message.next_try_at == NOW + timedelta(minutes=1)
    assert message.last_error == "the provider is down"
    provider.refuses = False
    assert delivery.run(at=NOW + timedelta(seconds=59)).sent == 0
    assert delivery.run(at=NOW + timedelta(seconds=60)).sent == 1


def test_waits_grow_and_after_six_attempts_it_failed(provider):
    message = queue()
    provider.refuses = True
    at, waits = NOW, []
    while message.state == State.QUEUED:
        delivery.run(at=at)
        message.refresh_from_db()
        waits.append(message.next_try_at - at)
        at = message.next_try_at
    assert message.state == State.FAILED
    assert message.attempts == 6
    assert waits[:5] == list(delivery.BACKOFF)


def test_every_attempt_bears_the_same_request_id(provider, monkeypatch):
    message = queue()
    provider.refuses = True
    delivery.run(at=NOW)
    provider.refuses = False
    delivery.run(at=NOW + timedelta(minutes=1))
    assert provider.received[0][2] == f"bandian-{message.pk}"


def test_a_send_that_broke_off_is_unknown_and_not_repeated(provider):
    message = queue()
    provider.breaks_off = True
    assert delivery.run(at=NOW).unknown == 1
    provider.breaks_off = False
    delivery.run(at=NOW + timedelta(days=1))
    message.refresh_from_db()
    assert message.state == State.UNKNOWN
    assert len(provider.received) == 1


def test_a_process_that_died_while_sending_leaves_it_unknown(provider, monkeypatch):
    message, other = queue(), queue("TJ2#1", thread="TJ2")

    def die(**_sent: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(provider, "send", die)
        with pytest.raises(KeyboardInterrupt):
            delivery.run(at=NOW)
    assert delivery.run(at=NOW + timedelta(minutes=1)).sent == 1
    result = delivery.run(at=NOW + timedelta(minutes=6))
    assert (result.unknown, result.sent) == (1, 0)
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, other.state) == (State.UNKNOWN, State.SENT)


def test_an_outcome_that_comes_too_late_does_not_undo_unknown(provider, monkeypatch):
    message = queue()

    def slow(**_sent: object) -> str:
        Message.objects.update(state=State.UNKNOWN, claimed_at=None)
        return "late"

    monkeypatch.setattr(provider, "send", slow)
    delivery.run(at=NOW)
    message.refresh_from_db()
    assert message.state == State.UNKNOWN


def test_a_person_may_have_unknown_and_failed_ones_sent_again(provider):
    message = queue()
    provider.breaks_off = True
    delivery.run(at=NOW)
    provider.breaks_off = False
    assert delivery.send_again([message], at=NOW + timedelta(hours=1)) == 1
    assert delivery.run(at=NOW + timedelta(hours=1)).sent == 1
    assert delivery.send_again([message], at=NOW) == 0


def test_messages_about_one_case_arrive_in_order(provider):
    queue("TJ1#1")
    provider.refuses = True
    delivery.run(at=NOW)
    provider.refuses = False
    queue("TJ1#2")
    assert delivery.run(at=NOW).sent == 0
    delivery.run(at=NOW + timedelta(minutes=1))
    assert [text[2] for text in provider.received] == [
        f"bandian-{pk}"
        for pk in Message.objects.order_by("pk").values_list("pk", flat=True)
    ]


def test_another_case_does_not_wait_for_it(provider):
    queue("TJ1#1")
    provider.refuses = True
    delivery.run(at=NOW)
    provider.refuses = False
    queue("TJ2#1", thread="TJ2")
    assert delivery.run(at=NOW).sent == 1


def test_a_provider_that_is_down_is_asked_three_times_only(provider):
    for n in range(10):
        queue(f"TJ{n}#1", thread=f"TJ{n}")
    provider.refuses = True
    assert delivery.run(at=NOW).put_off == 3


@pytest.mark.parametrize(
    ("written", "goes_out"),
    [
        (("2026-09-01", "20:59"), ("2026-09-01", "20:59")),
        (("2026-09-01", "21:00"), ("2026-09-02", "08:00")),
        (("2026-09-01", "23:30"), ("2026-09-02", "08:00")),
        (("2026-09-02", "00:00"), ("2026-09-02", "08:00")),
        (("2026-09-02", "07:59"), ("2026-09-02", "08:00")),
        (("2026-09-02", "08:00"), ("2026-09-02", "08:00")),
    ],
)
def test_no_text_message_wakes_anybody_at_night(provider, written, goes_out):
    message = queue(at=cast.at(*written))
    assert message.next_try_at == cast.at(*goes_out)
    assert delivery.run(at=cast.at(*goes_out)).sent == 1


def test_a_sign_in_code_goes_out_at_night_too(provider):
    night = cast.at("2026-09-01", "23:30")
    writing.send_code(
        phone="+8613800000001", code="123456", about="sign-in:1", at=night
    )
    assert Message.objects.get().state == State.QUEUED
    assert not provider.received
    assert delivery.run(at=night).sent == 1


def test_a_code_nobody_can_use_any_more_is_not_sent(provider):
    writing.send_code(phone="+8613800000001", code="123456", about="sign-in:1", at=NOW)
    result = delivery.run(at=NOW + timedelta(minutes=10))
    assert (result.sent, result.failed) == (0, 1)
    assert not provider.received


def test_e_mail_is_sent_through_the_mail_server(mailoutbox):
    to = Recipient(key="user:1", email="wang@example.com")
    writing.keep([writing.email(Letter("TJ1#1", "标题", "内容"), to, at=NOW)])
    assert delivery.run(at=NOW).sent == 1
    [mail] = mailoutbox
    assert (mail.to, mail.subject, mail.body) == (["wang@example.com"], "标题", "内容")
    assert mail.extra_headers["Message-ID"].startswith("<bandian-")


def test_a_push_goes_to_the_configured_address(settings, monkeypatch):
    settings.WEBHOOK_URL = "https://city.example/hook"
    calls: list[tuple[str, bytes]] = []

    def take(url: str, body: bytes, _id: str, _at: object) -> bytes:
        calls.append((url, body))
        return b""

    monkeypatch.setattr("portal.notices.gateways.post_signed", take)
    writing.keep([writing.webhook(Letter("TJ1#1", "submit", '{"a": 1}'), at=NOW)])
    assert delivery.run(at=NOW).sent == 1
    assert calls == [("https://city.example/hook", b'{"a": 1}')]


def test_an_unclear_push_is_unknown(settings, monkeypatch):
    settings.WEBHOOK_URL = "https://city.example/hook"

    def break_off(*_sent: object) -> bytes:
        raise Unclear("status 502")

    monkeypatch.setattr("portal.notices.gateways.post_signed", break_off)
    writing.keep([writing.webhook(Letter("TJ1#1", "submit", "{}"), at=NOW)])
    assert delivery.run(at=NOW).unknown == 1
