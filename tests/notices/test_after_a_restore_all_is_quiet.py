"""A database that was put back tells nobody what they were told before."""

import pytest
from django.core.management import call_command

from portal.notices.models import Message, State
from portal.notices.services import delivery, telling
from tests import cast

pytestmark = pytest.mark.django_db


def test_events_pass_untold_and_queued_messages_stay(provider, capsys):
    cast.laws()
    cast.submitted()
    telling.run(at=cast.NOW)
    cast.submitted()
    call_command("hush")
    assert capsys.readouterr().out.strip() == "1 个事件不再通知，1 条消息停发。"
    telling.run(at=cast.NOW)
    delivery.run(at=cast.NOW)
    assert not provider.received
    assert Message.objects.filter(state=State.UNKNOWN).count() == 1
