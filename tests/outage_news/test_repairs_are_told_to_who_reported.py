"""Who reported a fault follows its repair; governance is told to its own staff."""

from datetime import date, timedelta

import pytest

from outages.models import OutageEvent
from outages.services import governance, repairing
from portal.notices.models import Channel, Message
from portal.notices.services import delivery, telling
from tests import cast
from tests.cast import NOW, at
from tests.governance import world
from tests.repairs import desk

pytestmark = pytest.mark.django_db

PHONE = "13800000021"
HOUR = timedelta(hours=1)


def titles(**which) -> list[str]:
    rows = Message.objects.filter(**which).order_by("pk")
    return list(rows.values_list("subject", flat=True))


def repaired(net, **said):
    order = desk.on_site(net, phone=PHONE, **said)
    repairing.restore(order, by=cast.wang(), at=NOW + HOUR)
    telling.run(at=NOW + HOUR)
    return order


def test_the_reporter_hears_of_the_crew_and_of_the_end(net):
    report = desk.reported(net, phone=PHONE)
    order = desk.order_of(report)
    repairing.dispatch(order, crew=desk.crew(), by=cast.wang(), at=NOW)
    telling.run(at=NOW)
    message = Message.objects.get(channel=Channel.SMS)
    assert message.subject == "抢修人员已出发"
    assert report.number in message.text
    assert message.link == f"/outages/reports/{report.number}/"


def test_at_night_too(net, provider):
    night = at("2026-09-01", "23:00")
    order = desk.ordered(net, at=night, phone=PHONE)
    repairing.dispatch(order, crew=desk.crew(), by=cast.wang(), at=night)
    telling.run(at=night)
    delivery.run(at=night)
    assert len(provider.received) == 1


def test_signed_in_every_step_is_read_in_the_portal(net):
    repaired(net, reporter=cast.zhang())
    mine = titles(channel=Channel.IN_APP, recipient=cast.zhang())
    assert mine == ["抢修人员已出发", "抢修人员已到达", "已恢复供电"]
    assert titles(channel=Channel.SMS) == ["抢修人员已出发", "已恢复供电"]


@pytest.mark.parametrize("phone", ["", "022-28281234"])
def test_without_a_mobile_number_nobody_is_texted(net, phone):
    order = desk.on_site(net, phone=phone)
    repairing.restore(order, by=cast.wang(), at=NOW)
    telling.run(at=NOW)
    assert not Message.objects.exists()
    assert not OutageEvent.objects.filter(told_at=None).exists()


def test_who_joins_later_hears_of_what_follows(net):
    order = desk.ordered(net, phone=PHONE)
    repairing.dispatch(order, crew=desk.crew(), by=cast.wang(), at=NOW)
    desk.reported(net, at=NOW + HOUR, phone="13800000022")
    telling.run(at=NOW + HOUR)
    assert Message.objects.filter(channel=Channel.SMS).count() == 1
    repairing.arrive(order, by=cast.wang(), at=NOW + HOUR)
    repairing.restore(order, by=cast.wang(), at=NOW + 2 * HOUR)
    telling.run(at=NOW + 2 * HOUR)
    assert titles(channel=Channel.SMS, subject="已恢复供电") == ["已恢复供电"] * 2


def test_old_news_of_repairs_is_not_told(net):
    desk.on_site(net, phone=PHONE)
    telling.run(at=NOW + timedelta(days=8))
    assert not Message.objects.exists()


def test_a_case_is_told_to_who_answers_for_it_unless_it_was_his_own_act(net):
    zhao, sun = cast.zhao(), cast.sun()
    world.cut_on(net.garden, "2026-08-01", "2026-08-05", "2026-08-09", "2026-08-13")
    case = world.case_of(net.garden)
    for answerable in (sun, zhao):
        governance.plan(
            case,
            measures="更换电缆",
            planned_on=date(2026, 9, 30),
            responsible=answerable,
            by=zhao,
            at=at("2026-08-14"),
        )
        telling.run(at=at("2026-08-14"))
    planned = Message.objects.filter(subject="您负责一项频繁停电治理")
    # Whoever answers on the day of telling is told; nobody of what he did himself.
    assert list(planned.values_list("recipient", flat=True)) == [sun.pk]


def test_a_case_of_frequent_outages_is_told_to_the_districts_head_alone(net):
    zhao = cast.zhao()
    world.cut_on(net.garden, "2026-08-01", "2026-08-05", "2026-08-09", "2026-08-13")
    telling.run(at=at("2026-08-14"))
    message = Message.objects.get(channel=Channel.IN_APP, recipient=zhao)
    assert message.subject == "频繁停电立案"
    assert "“海河花园台区”停电次数超标" in message.text
    assert set(Message.objects.values_list("recipient", flat=True)) == {zhao.pk}
