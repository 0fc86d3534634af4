"""The evening before, at 18:00, an announced outage is told once more, and once."""

from datetime import timedelta

import pytest

from outages.models import Broadcast
from outages.services import announcing
from portal.notices.models import Message
from tests.cast import NOW, at, sun
from tests.outage_news.readers import by_phone, tell, text_to, told
from tests.outages.lives import END, START, announced

pytestmark = pytest.mark.django_db

EVENING = at("2026-09-08", "18:00")


@pytest.fixture
def outage(net):
    by_phone(net.garden)
    row = announced()
    tell()
    return row


def test_at_six_in_the_evening_and_not_a_minute_before(outage):
    tell(EVENING - timedelta(minutes=1))
    assert told() == ["计划停电预告"]
    tell(EVENING)
    assert told() == ["计划停电预告", "停电提醒"]
    assert "提醒：您订阅的地址（海河花园台区）将于9月9日（周三）9:00" in text_to()
    assert "9:00至17:00停电" in text_to()


def test_however_often_one_looks_it_is_told_once(outage):
    for minutes in range(0, 300, 60):
        tell(EVENING + timedelta(minutes=minutes))
    assert told().count("停电提醒") == 1


def test_who_comes_late_still_reminds_but_not_after_the_start(outage):
    tell(START - timedelta(hours=1))
    assert told()[-1] == "停电提醒"
    assert Message.objects.latest("pk").expires_at == START


def test_after_the_start_there_is_nothing_to_remind_of(outage):
    tell(START)
    assert told() == ["计划停电预告"]


def test_a_new_time_has_a_reminder_of_its_own(outage):
    tell(EVENING)
    announcing.reschedule(
        outage,
        starts_at=START + timedelta(days=9),
        ends_at=END + timedelta(days=9),
        reason="天气",
        by=sun(),
        at=EVENING,
    )
    tell(EVENING)
    tell(EVENING + timedelta(days=9))
    assert told() == ["计划停电预告", "停电提醒", "停电时间有变", "停电提醒"]


def test_what_was_cancelled_or_began_is_not_reminded_of(outage):
    announcing.cancel(outage, reason="不做了", by=sun(), at=NOW)
    tell(EVENING)
    assert told() == ["计划停电预告", "停电取消"]


def test_an_announcement_of_that_night_is_reminder_enough(net):
    by_phone(net.garden)
    late = EVENING + timedelta(hours=1)
    announced(kind="temporary", late_reason="突发缺陷", at=late)
    tell(late)
    assert told() == ["计划停电预告"]
    assert Broadcast.objects.count() == 1
