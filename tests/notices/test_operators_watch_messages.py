"""Operators see what became of messages, and have the lost ones sent again."""

import pytest

from portal.notices.models import Message, State
from portal.notices.services import delivery, writing
from portal.notices.services.writing import Letter, Recipient
from tests import cast

pytestmark = pytest.mark.django_db

MESSAGES = "/admin/notices/message/"


@pytest.fixture
def unknown(provider) -> Message:
    to = Recipient(key="sms:1", phone="+8613800000001")
    letter = Letter("TJ1#1", "申请已受理", "申请 TJ1 已受理。", thread="TJ1")
    writing.keep([writing.sms(letter, to, at=cast.NOW)])
    provider.breaks_off = True
    delivery.run(at=cast.NOW)
    provider.breaks_off = False
    return Message.objects.get()


@pytest.mark.parametrize("person", [cast.wang, cast.zhao, cast.liu])
def test_nobody_but_operators_sees_messages(client, person):
    client.force_login(person())
    assert client.get(MESSAGES).status_code == 403


def test_an_unknown_message_is_sent_again_on_the_operators_word(client, unknown):
    client.force_login(cast.sun())
    data = {"action": "send_again", "_selected_action": [unknown.pk]}
    page = client.post(MESSAGES, data, follow=True)
    assert "1 条消息已重新排队" in page.content.decode()
    unknown.refresh_from_db()
    assert unknown.state == State.QUEUED


def test_a_message_is_read_with_its_address_masked(client, unknown):
    client.force_login(cast.sun())
    page = client.get(f"{MESSAGES}{unknown.pk}/change/").content.decode()
    assert "申请 TJ1 已受理。" in page
    assert "138****0001" in page
    assert "13800000001" not in page


def test_a_sign_in_code_is_not_shown(client):
    writing.send_code(
        phone="+8613800000001", code="123456", about="sign-in:1", at=cast.NOW
    )
    client.force_login(cast.sun())
    page = client.get(f"{MESSAGES}{Message.objects.get().pk}/change/").content.decode()
    assert "123456" not in page


@pytest.mark.parametrize("act", ["add/", "{pk}/delete/"])
def test_messages_are_neither_written_nor_deleted_by_hand(client, unknown, act):
    client.force_login(cast.sun())
    assert client.get(MESSAGES + act.format(pk=unknown.pk)).status_code == 403


def test_one_case_is_found_by_its_number(client, unknown):
    client.force_login(cast.sun())
    assert "申请已受理" in client.get(f"{MESSAGES}?q=TJ1").content.decode()
    assert "申请已受理" not in client.get(f"{MESSAGES}?q=TJ2").content.decode()
