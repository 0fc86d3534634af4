"""A warning or a breach reaches those who have to act, once."""

from datetime import timedelta

import pytest

from applications.services import casework
from portal.notices.models import Bookmark, Channel, Message
from portal.notices.services import clock_news, telling
from sla.models import ClockEvent
from sla.services import sweep
from sla.vocabulary import ClockEventKind
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laws")]

DUE_DAY, DAY_AFTER = cast.at("2026-09-02", "08:00"), cast.at("2026-09-03", "00:05")


def claimed():
    cast.zhao()
    case = cast.submitted(cast.SCHOOL)
    casework.claim(case, by=cast.wang(), at=cast.NOW)
    return case


def clock_messages(channel=Channel.IN_APP, **which):
    rows = Message.objects.filter(about__startswith="clock:", channel=channel, **which)
    return list(rows.order_by("pk"))


def test_the_manager_is_warned_before_the_last_day_ends():
    claimed()
    sweep.run(at=DUE_DAY)
    telling.run(at=DUE_DAY)
    warned = clock_messages()
    assert {message.recipient for message in warned} == {cast.wang()}
    assert "9月2日（周三）" in warned[0].text
    assert "业务受理（国家时限）" in "".join(message.text for message in warned)


def test_a_breach_reaches_the_supervisor_too():
    case = claimed()
    sweep.run(at=DAY_AFTER)
    telling.run(at=DAY_AFTER)
    late = [message for message in clock_messages() if message.subject == "已超期"]
    assert {message.recipient for message in late} == {cast.wang(), cast.zhao()}
    assert late[0].link == f"/admin/applications/application/{case.pk}/change/"


def test_a_case_of_nobody_is_the_supervisors():
    cast.zhao()
    cast.submitted(cast.SCHOOL)
    sweep.run(at=DUE_DAY)
    telling.run(at=DUE_DAY)
    assert {message.recipient for message in clock_messages()} == {cast.zhao()}


def test_a_breach_of_the_night_is_texted_in_the_morning():
    claimed()
    wang = cast.wang()
    wang.phone, wang.phone_index = "+8613900000009", "0" * 64
    wang.save()
    sweep.run(at=DAY_AFTER)
    telling.run(at=DAY_AFTER)
    texts = clock_messages(Channel.SMS)
    assert texts
    for message in texts:
        assert message.next_try_at == cast.at("2026-09-03", "08:00")


def test_each_clock_event_is_told_once():
    claimed()
    sweep.run(at=DAY_AFTER)
    for minutes in (0, 1, 4, 6, 20):
        telling.run(at=DAY_AFTER + timedelta(minutes=minutes))
    breaches = ClockEvent.objects.filter(kind=ClockEventKind.BREACH).count()
    late = [m for m in clock_messages(recipient=cast.wang()) if m.subject == "已超期"]
    assert len(late) == breaches


def test_the_bookmark_moves_past_what_is_settled_only(monkeypatch):
    claimed()
    sweep.run(at=DAY_AFTER)
    latest = ClockEvent.objects.latest("pk")
    # However far a server's clock is ahead of the database's.
    telling.run(at=latest.recorded_at + timedelta(days=400))
    assert Bookmark.objects.get(pk=clock_news.READER).last_id == 0
    monkeypatch.setattr(clock_news, "OVERLAP", timedelta(0))
    telling.run(at=DAY_AFTER)
    assert Bookmark.objects.get(pk=clock_news.READER).last_id == latest.pk


def test_many_breaches_are_told_batch_by_batch():
    for _ in range(5):
        claimed()
    sweep.run(at=DAY_AFTER)
    telling.run(at=DAY_AFTER, batch=2)
    spoken = ClockEvent.objects.filter(kind__in=clock_news.SPOKEN).count()
    told = {message.about for message in clock_messages()}
    assert len(told) == spoken > 4


def test_one_run_reads_so_much_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(telling, "ROUNDS", 1)
    claimed()
    sweep.run(at=DAY_AFTER)
    spoken = ClockEvent.objects.filter(kind__in=clock_news.SPOKEN).count()
    for _ in range(spoken):
        telling.run(at=DAY_AFTER, batch=1)
    assert len({message.about for message in clock_messages()}) == spoken
    assert str(Bookmark.objects.get(pk=clock_news.READER)) == "clock events 0"


def test_after_a_restore_old_breaches_are_left_out():
    claimed()
    sweep.run(at=DAY_AFTER)
    telling.hush(at=DAY_AFTER)
    telling.run(at=DAY_AFTER)
    assert not clock_messages()
