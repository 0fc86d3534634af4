"""A reader leaves what another has in hand, and one run stops in time for the next."""

from datetime import timedelta

import pytest

from outages.models import Broadcast, OutageEvent
from portal.notices.models import Message
from portal.notices.outage_wording import span
from portal.notices.services import outage_letters, outage_news, reading, repair_news
from tests import cast
from tests.cast import NOW
from tests.outage_news.readers import by_phone, tell
from tests.outages.lives import announced, fault
from tests.tracking.visits import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(net):
    for number in range(6):
        by_phone(net.garden, f"+86138000001{number:02}")


def test_while_another_reads_nothing_is_read(crowd, monkeypatch):
    announced()
    outage_news.take_up(at=NOW)
    monkeypatch.setattr(reading, "hold", lambda _name: None)
    assert outage_news.take_up(at=NOW) == 0
    assert outage_news.tell(at=NOW) is None
    assert repair_news.tell(at=NOW, batch=10) == 0
    assert not Message.objects.exists()


def test_a_step_that_another_reader_took_is_left_to_him(crowd, monkeypatch):
    announced()
    outage_news.take_up(at=NOW)
    letters = outage_letters.messages_for

    def overtaken(*given, **named):
        Broadcast.objects.update(last_id=1)
        return letters(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(outage_letters, "messages_for", overtaken)
        assert outage_news.tell(at=NOW) == 0
    Broadcast.objects.update(last_id=0)
    assert outage_news.tell(at=NOW) == 6


def test_a_run_ends_after_its_steps_and_the_next_goes_on(crowd):
    announced()
    assert outage_news.run(at=NOW, size=2, steps=1) == 2
    assert outage_news.run(at=NOW, size=2, steps=9) == 4


def test_more_events_than_one_look_takes_are_all_taken_up(crowd, monkeypatch):
    announced()
    fault(moment=NOW + timedelta(hours=1))
    take_up = outage_news.take_up
    monkeypatch.setattr(outage_news, "EVENTS", 1)
    monkeypatch.setattr(outage_news, "take_up", lambda *, at: take_up(at=at, most=1))
    tell(NOW + timedelta(hours=1))
    assert not OutageEvent.objects.filter(told_at=None).exists()


def test_a_span_says_what_is_known_of_it():
    assert span(None, None) == ""
    assert span(NOW, None) == "9月1日（周二）9:00起"
    assert (
        span(NOW, NOW + timedelta(days=1)) == "9月1日（周二）9:00至9月2日（周三）9:00"
    )


def test_a_phone_subscribes_an_account_and_an_area_by_its_code_too(net):
    for query in ("account=1200000001", f"area={net.garden.code}"):
        visitor = browser_of(cast.chen())
        given = {"way": "sms", "phone": f"1380000009{len(query) % 10}"}
        answer = visitor.post(f"/outages/subscribe/?{query}", given)
        page = visitor.get(answer["Location"])
        assert "海河花园" in page.content.decode()
