"""A change of the announced time is itself an announcement, and judged as one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.lifecycles.outage import Status
from outages.models import OutageEvent
from outages.services import announcing, running
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import END, START, announced, begun

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _move(outage, starts_at, ends_at, *, moment=NOW, **said):
    announcing.reschedule(
        outage, starts_at=starts_at, ends_at=ends_at, reason="天气", by=sun(),
        at=moment, **said,
    )  # fmt: skip


def test_moved_a_week_ahead_it_is_in_time_again():
    grid()
    soon = NOW + timedelta(days=3)
    outage = announced(starts_at=soon, ends_at=soon + HOUR, late_reason="急")
    assert outage.late_notice is True

    _move(outage, START, END)

    assert (outage.starts_at, outage.ends_at) == (START, END)
    assert (outage.late_notice, outage.late_reason) == (False, "")
    told = OutageEvent.objects.filter(reference=outage.number).order_by("-seq")[0]
    assert told.payload["starts_at_before"].startswith("2026-09-04T09:00")
    assert told.note == "天气"


@pytest.mark.parametrize(
    ("start", "end"),
    [(START - HOUR, END), (START + HOUR, END), (START, END + HOUR)],
    ids=["earlier", "later", "longer"],
)
def test_moved_too_late_it_needs_a_reason(start, end):
    grid()
    outage = announced()
    too_late = START - timedelta(days=2)

    with pytest.raises(ValidationError, match="已迟"):
        _move(outage, start, end, moment=too_late)
    _move(outage, start, end, moment=too_late, late_reason="台风临近")

    assert (outage.late_notice, outage.published_at) == (True, too_late)


def test_a_shorter_outage_needs_no_new_notice():
    grid()
    outage = announced()

    _move(outage, START, END - HOUR, moment=START - HOUR)

    assert (outage.late_notice, outage.published_at) == (False, NOW)
    assert outage.ends_at == END - HOUR


def test_a_change_that_changes_nothing_is_refused():
    grid()
    outage = announced()

    with pytest.raises(ValidationError, match="没有变化"):
        _move(outage, START, END)
    with pytest.raises(ValidationError, match="原因"):
        announcing.reschedule(
            outage, starts_at=START, ends_at=END + HOUR, reason=" ", by=sun(), at=NOW
        )


def test_an_extension_announced_in_time_is_not_flagged():
    grid()
    outage = begun()

    running.extend(
        outage, ends_at=END + HOUR, reason="难度大", by=zhou(), at=END - HOUR
    )
    running.extend(
        outage,
        ends_at=END + 2 * HOUR,
        reason="缺备件",
        by=zhou(),
        at=END + HOUR + HOUR / 2,
    )

    assert outage.status == Status.EXTENDED
    flags = OutageEvent.objects.filter(reference=outage.number, action="extend")
    assert [e.payload["after_end"] for e in flags.order_by("seq")] == [False, True]


def test_an_extension_lies_after_the_announced_end():
    grid()
    outage = begun()

    with pytest.raises(ValidationError, match="须晚于原公告"):
        running.extend(outage, ends_at=END, reason="再等等", by=zhou(), at=START)
    with pytest.raises(ValidationError, match="须晚于现在"):
        running.extend(outage, ends_at=START, reason="再等等", by=zhou(), at=END)


def test_a_cancelled_outage_says_whether_people_were_told():
    grid()
    outage = announced()
    with pytest.raises(ValidationError, match="取消停电的原因"):
        announcing.cancel(outage, reason="", by=sun(), at=NOW)

    announcing.cancel(outage, reason="设备已修复", by=sun(), at=NOW)

    assert outage.status == Status.CANCELLED
    event = OutageEvent.objects.get(reference=outage.number, action="cancel")
    assert (event.payload, event.note) == ({"announced": True}, "设备已修复")
