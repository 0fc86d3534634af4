"""Killed at any point, the telling goes on: nothing lost, nothing twice."""

from collections import Counter

import pytest

from outages.models import Broadcast, OutageEvent, Subscription
from portal.notices.models import Message
from portal.notices.services import outage_letters, outage_news, reading, writing
from tests.cast import NOW
from tests.outage_news.readers import by_phone
from tests.outages.lives import LINE_ONE, announced, fault

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 23
STEPS = [
    (outage_news, "take_up"),
    (outage_news, "_areas"),
    (outage_news, "_next"),
    (outage_news, "_to_tell"),
    (outage_news, "_keep"),
    (reading, "hold"),
    (writing, "keep"),
    (Broadcast, "save"),
]


class Killed(BaseException):
    """Stand in for kill -9: nothing catches it."""


def subscribers(net) -> None:
    areas = [net.garden, net.school]
    for number in range(READERS):
        by_phone(areas[number % 2], f"+86138000001{number:02}")


def kill_at(monkeypatch, owner, name: str, turn: int, *, before: bool) -> None:
    """End the process at the n-th call of a step, before or after it."""
    real, calls = getattr(owner, name), []

    def step(*given, **named):
        calls.append(1)
        if before and len(calls) == turn:
            raise Killed
        result = real(*given, **named)
        if not before and len(calls) == turn:
            raise Killed
        return result

    monkeypatch.setattr(owner, name, step)


def run() -> None:
    outage_news.run(at=NOW, size=5)


def counted() -> Counter[tuple[str, str]]:
    return Counter(Message.objects.values_list("about", "recipient_key"))


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("turn", [1, 2, 4])
@pytest.mark.parametrize(("owner", "name"), STEPS)
def test_killed_anywhere_each_is_told_once(net, monkeypatch, owner, name, turn, before):
    subscribers(net)
    announced(LINE_ONE)
    fault(LINE_ONE)
    with monkeypatch.context() as patch:
        kill_at(patch, owner, name, turn, before=before)
        try:
            run()
        except Killed:
            killed = True
        else:
            killed = False
    assert killed or name in {"take_up", "_to_tell", "_areas"}
    run()
    # Both pieces of news, every phone, and the market's manager.
    assert set(counted().values()) == {1}
    assert len(counted()) == 2 * (READERS + 1)
    assert not Broadcast.objects.filter(finished_at=None).exists()
    assert not OutageEvent.objects.filter(told_at=None).exists()


def test_a_step_goes_on_where_the_last_one_ended(net):
    subscribers(net)
    announced(LINE_ONE)
    outage_news.take_up(at=NOW)
    outage_news.tell(at=NOW, size=5)
    first = Broadcast.objects.get()
    assert Message.objects.count() == 5
    outage_news.tell(at=NOW, size=5)
    second = Broadcast.objects.get()
    assert Message.objects.count() == 10
    assert first.last_id < second.last_id < Subscription.objects.latest("pk").pk
    assert second.finished_at is None


def test_without_the_unique_row_the_same_kill_tells_twice(net, monkeypatch):
    """The control: forget how far it came and drop what makes a message unique."""
    subscribers(net)
    announced(LINE_ONE)
    outage_news.take_up(at=NOW)
    outage_news.tell(at=NOW, size=5)
    Broadcast.objects.update(last_id=0)
    letters = outage_letters.messages_for

    def renamed(*given, **named):
        messages = letters(*given, **named)
        for message in messages:
            message.about = f"{message.about}!"
        return messages

    monkeypatch.setattr(outage_letters, "messages_for", renamed)
    run()
    assert max(Counter(Message.objects.values_list("recipient_key")).values()) == 2
