"""A crew that is awaited: the supervisors of its district hear of it, day and night."""

from datetime import timedelta

import pytest

from portal.accounts.models import phone_index
from portal.notices.models import Message
from portal.notices.services import telling
from sla.models import Region
from sla.services import recompute, sweep
from sla.services.recompute import Change
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import clock_of, on_site, ordered

NIGHT = cast.at("2026-09-01", "23:30")


def told(channel: str = "in_app") -> list[Message]:
    rows = Message.objects.filter(about__startswith="clock:", channel=channel)
    return list(rows.order_by("pk"))


def after(minutes: int) -> None:
    moment = NIGHT + timedelta(minutes=minutes)
    sweep.run(at=moment)
    telling.run(at=moment)


@pytest.fixture(autouse=True)
def _people(net: Grid) -> None:
    boss = cast.zhao()
    boss.phone = "+8613800000099"
    boss.phone_index = phone_index(boss.phone)
    boss.save()
    cast.wang()


def test_before_it_is_late(net: Grid) -> None:
    order = ordered(net, at=NIGHT)
    after(44)
    (message,) = told()
    assert message.recipient == cast.zhao()
    assert message.subject == "抢修即将超时"
    assert f"{order.number} 应在 9月2日（周三）00:15前到达现场" in message.text
    assert message.link == f"/admin/outages/repairorder/{order.pk}/change/"
    assert told("sms") == []


def test_when_it_is_late_a_text_goes_out_at_night(net: Grid) -> None:
    ordered(net, at=NIGHT)
    after(46)
    (text,) = told("sms")
    assert "未能在 9月2日（周三）00:15前到达现场" in text.text
    assert text.next_try_at == NIGHT + timedelta(minutes=46)


def test_restoration_is_watched_too(net: Grid) -> None:
    on_site(net, at=NIGHT)
    after(181)
    assert "恢复供电" in told()[-1].text


def test_another_district_hears_nothing(net: Grid) -> None:
    boss = cast.zhao()
    boss.districts.set(Region.objects.filter(pk=cast.HEPING))
    ordered(net, at=NIGHT)
    after(46)
    assert told() == []


def test_each_is_told_once(net: Grid) -> None:
    ordered(net, at=NIGHT)
    for minutes in (44, 46, 47):
        after(minutes)
    assert [message.subject for message in told()] == ["抢修即将超时", "抢修已超时"]


def test_new_working_days_do_not_move_minutes(net: Grid) -> None:
    clock = clock_of(ordered(net, at=NIGHT), "repair_arrival")
    plan = recompute.run(at=NIGHT + timedelta(minutes=1), by="孙运维")
    assert plan.moved == 0
    clock.refresh_from_db()
    assert clock.due_at == NIGHT + timedelta(minutes=45)


def test_a_changed_clock_of_a_repair_has_its_name() -> None:
    change = Change("QX-1", "repair_arrival", "national", None, None, 45, 45, "moved")
    assert change.stage_label == "到达现场"
