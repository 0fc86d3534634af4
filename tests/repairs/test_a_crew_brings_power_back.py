"""From dispatch to call back: each step with its moment, its person and its event."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.models import OutageEvent
from outages.services import repairing
from sla.ground.errors import OutOfOrder, Refused, Stale
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, on_site, ordered

SOON = cast.NOW + timedelta(minutes=10)


def test_the_whole_way(net: Grid) -> None:
    order, wang = ordered(net), cast.wang()
    moments = [cast.NOW + timedelta(minutes=10 * n) for n in range(1, 6)]
    hoped = cast.NOW + timedelta(hours=2)
    repairing.dispatch(order, crew=crew(), by=wang, at=moments[0], estimated_at=hoped)
    repairing.arrive(order, by=wang, at=moments[1])
    repairing.start_repair(order, by=wang, at=moments[2])
    repairing.restore(order, outcome="更换低压熔断器", by=wang, at=moments[3])
    repairing.close(order, outcome="用户满意", by=wang, at=moments[4])
    order.refresh_from_db()
    assert order.status == "closed"
    assert (order.dispatched_at, order.arrived_at) == (moments[0], moments[1])
    assert (order.restored_at, order.closed_at) == (moments[3], moments[4])
    assert (order.estimated_at, order.outcome) == (hoped, "用户满意")
    told = OutageEvent.objects.filter(reference=order.number).order_by("seq")
    assert [event.action for event in told] == [
        "report", "dispatch", "arrive", "start_repair", "restore", "close",
    ]  # fmt: skip
    assert [event.previous_hash for event in told][1:] == [e.hash for e in told][:-1]


def test_a_crew_that_arrived_may_restore_at_once(net: Grid) -> None:
    order = repairing.restore(on_site(net), by=cast.wang(), at=SOON)
    assert (order.status, order.restored_at) == ("restored", SOON)


def test_power_is_not_back_before_anybody_was_there(net: Grid) -> None:
    order = ordered(net)
    with pytest.raises(OutOfOrder, match="已受理"):
        repairing.restore(order, by=cast.wang(), at=SOON)
    with pytest.raises(OutOfOrder):
        repairing.arrive(order, by=cast.wang(), at=SOON)
    assert order.last_seq == 1


def test_another_district_is_not_ones_own(net: Grid) -> None:
    with pytest.raises(Refused, match="超出您负责的区域"):
        repairing.dispatch(ordered(net), crew=crew(), by=cast.li(), at=SOON)


def test_who_only_looks_does_not_act(net: Grid) -> None:
    order = ordered(net)
    for stranger in (cast.liu(), cast.zhang()):
        with pytest.raises(Refused, match="只能由"):
            repairing.dispatch(order, crew=crew(), by=stranger, at=SOON)


def test_the_operator_dispatches_everywhere(net: Grid) -> None:
    order = repairing.dispatch(ordered(net), crew=crew(), by=cast.sun(), at=SOON)
    assert order.status == "dispatched"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (("下班的班组", cast.HEXI, False), "不当值"),
        (("和平班组", cast.HEPING, True), "不负责这个区"),
    ],
)
def test_only_a_crew_of_the_district_that_is_on_duty_is_sent(
    net: Grid, who: tuple[str, str, bool], words: str
) -> None:
    name, district, on_duty = who
    with pytest.raises(ValidationError, match=words):
        repairing.dispatch(
            ordered(net),
            crew=crew(name, district, on_duty=on_duty),
            by=cast.wang(),
            at=SOON,
        )


def test_another_crew_is_sent_with_a_reason(net: Grid) -> None:
    order = on_site(net)
    repairing.redispatch(
        order, crew=crew("二班"), reason="需要带电作业", by=cast.wang(), at=SOON
    )
    event = OutageEvent.objects.get(reference=order.number, action="redispatch")
    assert (order.status, str(order.crew)) == ("arrived", "二班")
    assert event.payload == {"before": "河西抢修一班", "crew": "二班"}
    assert event.note == "需要带电作业"


def test_the_same_crew_is_not_sent_twice(net: Grid) -> None:
    with pytest.raises(ValidationError, match="已经派给"):
        repairing.redispatch(on_site(net), crew=crew(), by=cast.wang(), at=SOON)


def test_a_decision_on_an_old_page_is_stopped(net: Grid) -> None:
    order = ordered(net)
    repairing.note(order, text="用户家有孕妇", by=cast.zhao(), at=SOON)
    with pytest.raises(Stale, match="赵班长"):
        repairing.dispatch(order, crew=crew(), by=cast.wang(), at=SOON, seen=1)


def test_a_note_says_something(net: Grid) -> None:
    with pytest.raises(ValidationError, match="请填写备注"):
        repairing.note(ordered(net), text=" ", by=cast.wang(), at=SOON)


def test_closing_needs_the_word_of_the_person(net: Grid) -> None:
    order = repairing.restore(on_site(net), by=cast.wang(), at=SOON)
    with pytest.raises(ValidationError, match="请写明回访结果"):
        repairing.close(order, outcome="", by=cast.wang(), at=SOON)
    order.refresh_from_db()
    assert order.status == "restored"


def test_an_outcome_is_short(net: Grid) -> None:
    with pytest.raises(ValidationError, match="200"):
        repairing.restore(on_site(net), outcome="长" * 201, by=cast.wang(), at=SOON)


def test_a_trouble_is_widened_once(net: Grid) -> None:
    order = ordered(net)
    repairing.widen(order, by=cast.wang(), at=SOON)
    assert (order.transformer, order.line) == (None, net.youyi_one)
    with pytest.raises(Refused, match="已按线路故障处理"):
        repairing.widen(order, by=cast.wang(), at=SOON)
