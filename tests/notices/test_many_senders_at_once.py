"""Several workers at once tell and send everything once, in order."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections

from applications.lifecycle import Status
from applications.models import Event
from portal.notices.models import Channel, Message, State
from portal.notices.services import delivery, telling, writing
from portal.notices.services.writing import Letter, Recipient
from tests import cast

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


def at_once(work, workers=4) -> None:
    """Run the same work in several threads that start together."""
    barrier, failures = threading.Barrier(workers), []

    def one() -> None:
        try:
            barrier.wait(timeout=60)
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_forty_messages_and_four_workers_make_forty_texts(provider):
    to = Recipient(key="sms:1", phone="+8613800000001")
    letters = [Letter(f"TJ{n}#1", "标题", f"{n}", thread=f"TJ{n}") for n in range(40)]
    writing.keep([writing.sms(letter, to, at=cast.NOW) for letter in letters])
    at_once(lambda: delivery.run(at=cast.NOW))
    counted = Counter(text for _to, text, _id in provider.received)
    assert counted == {f"{n}": 1 for n in range(40)}
    assert Message.objects.filter(state=State.SENT).count() == 40


def test_without_the_lock_the_same_race_sends_twice(provider, monkeypatch):
    """The control: a claim that only looks is not a claim."""

    def look(at, _lanes):
        message = Message.objects.due(at).order_by("pk").first()
        barrier.wait(timeout=60)
        return message

    barrier = threading.Barrier(2)
    monkeypatch.setattr(delivery, "_claim", look)
    to = Recipient(key="sms:1", phone="+8613800000001")
    writing.keep([writing.sms(Letter("TJ1#1", "标题", "1"), to, at=cast.NOW)])
    at_once(lambda: delivery.run(at=cast.NOW, most=1), workers=2)
    assert len(provider.received) == 2


def test_one_case_is_texted_in_order_by_any_number_of_workers(provider):
    to = Recipient(key="sms:1", phone="+8613800000001")
    letters = [Letter(f"TJ1#{n}", "标题", f"{n:02}", thread="TJ1") for n in range(20)]
    writing.keep([writing.sms(letter, to, at=cast.NOW) for letter in letters])
    while Message.objects.filter(state=State.QUEUED).exists():
        at_once(lambda: delivery.run(at=cast.NOW))
    texts = [text for _to, text, _id in provider.received]
    assert texts == sorted(texts)


def test_four_tellers_tell_each_event_once():
    cast.laws()
    cast.walk(Status.ARCHIVED)
    while Event.objects.filter(told_at__isnull=True).exists():
        at_once(lambda: telling.run(at=cast.NOW, batch=3))
    written = Message.objects.filter(channel=Channel.IN_APP)
    counted = Counter(written.values_list("about", "recipient_id"))
    assert set(counted.values()) == {1}
    order = list(
        written.filter(recipient=cast.zhang())
        .order_by("pk")
        .values_list("about", flat=True)
    )
    assert order == sorted(order, key=lambda about: int(about.split("#")[1]))
    assert connection.vendor == "postgresql"
