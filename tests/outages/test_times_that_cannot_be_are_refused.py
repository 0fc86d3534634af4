"""Naive, reversed, future, past or endless moments: each with its own sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.models import OutageEvent
from outages.services import running
from sla.ground.errors import OutOfOrder
from tests.cast import NOW
from tests.grid import grid, zhou
from tests.outages.lives import END, START, announced, begun, drafted, fault

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NAIVE = datetime(2026, 9, 20, 8, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("times", "field", "sentence"),
    [
        ({"starts_at": NAIVE}, "starts_at", "写明时区"),
        ({"ends_at": NAIVE}, "ends_at", "写明时区"),
        ({"starts_at": None}, "starts_at", "请填写计划停电时间"),
        ({"ends_at": None}, "ends_at", "请填写计划复电时间"),
        ({"starts_at": NOW - HOUR}, "starts_at", "不能早于现在"),
        ({"ends_at": START}, "ends_at", "须晚于停电时间"),
        ({"ends_at": START - HOUR}, "ends_at", "须晚于停电时间"),
        ({"ends_at": START + timedelta(days=61)}, "ends_at", "超过60天"),
    ],
)
def test_a_plan_that_cannot_be(times, field, sentence):
    grid()

    with pytest.raises(ValidationError, match=sentence) as refused:
        drafted(**times)

    assert list(refused.value.error_dict) == [field]


def test_sixty_days_are_not_too_long():
    grid()

    assert drafted(ends_at=START + timedelta(days=60)).ends_at is not None


def test_a_moment_in_another_zone_is_the_same_moment():
    grid()

    outage = drafted(starts_at=START.astimezone(UTC) + timedelta(microseconds=7))
    outage.refresh_from_db()

    assert outage.starts_at == START


@pytest.mark.parametrize(
    ("began", "sentence"),
    [
        (START - HOUR, "不能早于2026年9月9日09:00"),
        (START + 3 * HOUR, "不能晚于现在"),
        (NAIVE, "写明时区"),
    ],
)
def test_a_beginning_that_cannot_have_been(began, sentence):
    grid()
    outage = announced()

    with pytest.raises(ValidationError, match=sentence):
        running.begin(outage, began_at=began, by=zhou(), at=START + 2 * HOUR)


def test_a_beginning_may_be_stated_a_little_later():
    grid()
    outage = announced()

    running.begin(outage, began_at=START + HOUR, by=zhou(), at=START + 2 * HOUR)

    assert outage.began_at == START + HOUR


def test_nothing_begins_before_its_announced_time():
    grid()
    outage = announced()

    with pytest.raises(OutOfOrder, match="未到公告的停电时间"):
        running.begin(outage, by=zhou(), at=START - timedelta(seconds=1))


def test_nothing_begins_after_its_announced_time_is_over():
    grid()
    outage = announced()

    with pytest.raises(ValidationError, match="已过，请取消后重新拟定"):
        running.begin(outage, by=zhou(), at=END)


def test_a_fault_of_months_ago_is_no_fault_of_today():
    grid()

    with pytest.raises(ValidationError, match="超过60天"):
        fault(moment=NOW - timedelta(days=61), at=NOW)


@pytest.mark.parametrize(
    ("restored", "sentence"),
    [
        (START - HOUR, "不能早于"),
        (END + HOUR, "不能晚于现在"),
        (START + HOUR, "不能早于2026年9月9日11:00"),
    ],
    ids=["before it began", "in the future", "before a part of it"],
)
def test_a_restoration_that_cannot_have_been(restored, sentence):
    grid()
    outage = begun()
    if restored == START + HOUR:
        outage.interruptions.update(restored_at=START + 2 * HOUR, seconds=7200)

    with pytest.raises(ValidationError, match=sentence):
        running.restore(outage, restored_at=restored, by=zhou(), at=END)


def test_a_restoration_after_more_than_sixty_days_is_a_slip():
    grid()
    outage = fault()

    with pytest.raises(ValidationError, match="超过60天"):
        running.restore(outage, by=zhou(), at=NOW + timedelta(days=61))


def test_what_overran_says_by_how_much():
    grid()
    outage = begun()

    running.restore(outage, by=zhou(), at=END + HOUR)

    assert outage.restored_at == END + HOUR
    event = OutageEvent.objects.get(reference=outage.number, action="restore")
    assert event.payload["overran_seconds"] == 3600


@pytest.mark.parametrize(
    ("hoped", "sentence"),
    [
        (NOW, "须晚于现在"),
        (NOW + timedelta(days=61), "超过60天"),
        (NAIVE, "写明时区"),
    ],
)
def test_a_hope_lies_ahead_but_not_too_far(hoped, sentence):
    grid()
    outage = fault()

    with pytest.raises(ValidationError, match=sentence):
        running.estimate(outage, estimated_at=hoped, by=zhou(), at=NOW)


def test_a_hope_that_changes_needs_its_reason():
    grid()
    outage = fault()
    running.estimate(outage, estimated_at=NOW + HOUR, by=zhou(), at=NOW)

    with pytest.raises(ValidationError, match="写明原因"):
        running.estimate(outage, estimated_at=NOW + 2 * HOUR, by=zhou(), at=NOW)
    running.estimate(
        outage, estimated_at=NOW + 2 * HOUR, reason="等备件", by=zhou(), at=NOW
    )

    assert outage.estimated_at == NOW + 2 * HOUR
