"""Planned works are told seven days ahead, temporary ones 24 hours (条例 第28条)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.lifecycles.outage import Status
from outages.services import announcing, notice
from outages.vocabulary import OutageKind
from tests.cast import NOW, sun
from tests.grid import grid
from tests.outages.lives import approved

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)
DAY = timedelta(hours=24)


def _announce(kind: str, ahead: timedelta, late_reason: str = ""):
    grid()
    start = NOW + WEEK * 2
    outage = approved(kind=kind, starts_at=start, ends_at=start + timedelta(hours=2))
    announcing.announce(outage, by=sun(), at=start - ahead, late_reason=late_reason)
    return outage


@pytest.mark.parametrize(
    ("kind", "ahead"),
    [
        (OutageKind.PLANNED, WEEK),
        (OutageKind.PLANNED, WEEK + MINUTE),
        (OutageKind.TEMPORARY, DAY),
        (OutageKind.TEMPORARY, DAY + MINUTE),
        (OutageKind.RATIONING, MINUTE),
    ],
)
def test_at_the_last_moment_it_is_in_time(kind, ahead):
    outage = _announce(kind, ahead)

    assert outage.status == Status.ANNOUNCED
    assert (outage.late_notice, outage.late_reason) == (False, "")


@pytest.mark.parametrize(
    ("kind", "ahead"),
    [
        (OutageKind.PLANNED, WEEK - MINUTE),
        (OutageKind.PLANNED, WEEK - timedelta(seconds=1)),
        (OutageKind.TEMPORARY, DAY - MINUTE),
        (OutageKind.TEMPORARY, DAY - timedelta(seconds=1)),
    ],
)
def test_a_moment_later_it_needs_a_reason(kind, ahead):
    with pytest.raises(ValidationError, match="已迟") as refused:
        _announce(kind, ahead)

    assert "late_reason" in refused.value.error_dict


@pytest.mark.parametrize(
    ("kind", "ahead"),
    [(OutageKind.PLANNED, WEEK - MINUTE), (OutageKind.TEMPORARY, DAY - MINUTE)],
)
def test_with_its_reason_it_is_announced_and_flagged(kind, ahead):
    outage = _announce(kind, ahead, late_reason="设备缺陷须尽快处理")

    assert (outage.late_notice, outage.late_reason) == (True, "设备缺陷须尽快处理")
    assert outage.lead_minutes == notice.lead_minutes(kind)


def test_a_reason_for_what_is_in_time_is_not_kept():
    outage = _announce(OutageKind.PLANNED, WEEK, late_reason="以防万一")

    assert (outage.late_notice, outage.late_reason) == (False, "")


def test_a_fraction_of_a_second_does_not_make_it_late():
    outage = _announce(OutageKind.PLANNED, WEEK - timedelta(milliseconds=900))

    assert outage.late_notice is False
    assert outage.published_at == outage.starts_at - WEEK


def test_the_zone_in_which_a_moment_is_written_changes_nothing():
    start = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)

    verdict = notice.judge(
        OutageKind.PLANNED, starts_at=start, at=NOW + timedelta(days=7)
    )

    assert verdict.latest == NOW + timedelta(days=7)
    assert verdict.late is False
    assert verdict.sentence == (
        "须提前7天公告，最迟2026年9月8日09:00；现在公告符合规定。"
    )


def test_a_verdict_says_by_how_much_it_is_late():
    verdict = notice.judge(
        OutageKind.TEMPORARY, starts_at=NOW + DAY, at=NOW + timedelta(seconds=30)
    )

    assert verdict.sentence == (
        "须提前1天公告，最迟2026年9月1日09:00；现在公告已迟30秒。"
    )


def test_rationing_has_no_lead():
    verdict = notice.judge(OutageKind.RATIONING, starts_at=NOW, at=NOW)

    assert verdict.sentence == "这类停电没有法定提前时间，请尽早公告。"
