"""The happy road of planned works, and what it leaves behind."""

from datetime import timedelta

import pytest

from outages.lifecycles.outage import Status
from outages.models import OutageEvent
from outages.services import announcing, drafting, judging, running
from outages.vocabulary import OutageKind
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import END, GARDEN, LINE_ONE, START, fault

pytestmark = pytest.mark.django_db


def test_planned_works_are_drafted_announced_done_and_reviewed():
    net = grid()
    outage = drafting.draft(
        kind=OutageKind.PLANNED,
        reason="更换变压器",
        scope=[LINE_ONE],
        starts_at=START,
        ends_at=END,
        works=["更换变压器", drafting.Job("线路消缺", "河西运维班")],
        by=zhou(),
        at=NOW,
    )
    announcing.approve(outage, by=sun(), at=NOW)
    announcing.announce(outage, by=sun(), at=NOW)
    running.begin(outage, by=zhou(), at=START)
    running.restore_part(
        outage, transformers=["T-YY1-01"], by=zhou(), at=START + timedelta(hours=2)
    )
    running.restore(outage, by=zhou(), at=END)
    judging.classify(outage, cause="planned_works", by=zhou(), at=END)
    judging.review(outage, by=sun(), at=END)

    assert outage.status == Status.REVIEWED
    assert outage.households == 600
    assert outage.number.startswith("TD-")
    assert outage.area_text == "河西区：友谊一线全线（海河花园、友谊集贸市场）"
    seconds = outage.interruptions.order_by("transformer__code")
    assert list(seconds.values_list("seconds", flat=True)) == [7200, 28800, 28800]
    line = outage.line_interruptions.get()
    assert (line.line, line.began_at, line.restored_at) == (net.youyi_one, START, END)
    events = OutageEvent.objects.filter(reference=outage.number).order_by("seq")
    assert [event.action for event in events] == [
        "draft", "approve", "announce", "begin", "restore_part", "restore",
        "classify", "review",
    ]  # fmt: skip
    assert [event.seq for event in events] == list(range(1, 9))


def test_a_fault_breaks_out_without_asking_anybody():
    grid()

    outage = fault(GARDEN, estimated_at=NOW + timedelta(hours=3))

    assert outage.status == Status.UNDER_WAY
    assert outage.began_at == NOW
    assert outage.back_at == NOW + timedelta(hours=3)
    assert outage.interruptions.get().began_at == NOW


def test_its_history_never_goes_back_in_time():
    grid()
    outage = fault()
    later, earlier = NOW + timedelta(minutes=2), NOW + timedelta(minutes=1)
    drafting.note(outage, text="已派人查线", by=zhou(), at=later)
    drafting.note(outage, text="请尽快", by=sun(), at=earlier)
    events = OutageEvent.objects.filter(reference=outage.number).order_by("-seq")
    assert [event.at for event in events[:2]] == [later, later]
