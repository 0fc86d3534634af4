"""Three lists: out now, announced for the next days, restored lately."""

from datetime import timedelta

import pytest
from django.test import Client

from outages.services import announcing, running
from tests.cast import HEPING, NOW, sun
from tests.outage_pages.conftest import read
from tests.outages import lives

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_fault_is_out_now_with_what_is_hoped_for(visitor: Client) -> None:
    lives.fault(moment=NOW - 2 * HOUR, estimated_at=NOW + 3 * HOUR, at=NOW - 2 * HOUR)
    page = read(visitor, "/outages/")
    assert "今天 07:00 开始停电，已停 2 小时。" in page
    assert "今天 12:00 前恢复，预计还有 3 小时。" in page
    assert "河西区：友谊一线海河花园台区" in page
    assert "影响 300 户" in page


def test_a_hope_that_passed_is_told_as_such(visitor: Client) -> None:
    began = NOW - 3 * HOUR
    lives.fault(moment=began, estimated_at=NOW - HOUR, at=began)
    assert "原预计 今天 08:00 恢复，已超过 1 小时" in read(visitor, "/outages/")


def test_a_hope_of_this_minute_is_being_looked_into(visitor: Client) -> None:
    began = NOW - 3 * HOUR
    lives.fault(moment=began, estimated_at=NOW, at=began)
    assert "原预计 今天 09:00 恢复，正在核实是否已经恢复。" in read(
        visitor, "/outages/"
    )


def test_what_came_back_in_part_says_how_many_wait(visitor: Client) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    running.restore_part(outage, transformers=["T-YY1-01"], by=sun(), at=NOW)
    assert "影响 600 户，还有 300 户没有恢复" in read(visitor, "/outages/")


def test_works_of_this_week_are_announced(visitor: Client) -> None:
    start = NOW + DAY
    lives.announced(
        starts_at=start,
        ends_at=start + 4 * HOUR,
        works=["更换配电变压器"],
        at=NOW - 8 * DAY,
    )
    page = read(visitor, "/outages/")
    assert "明天 09:00 至 13:00 停电，约 4 小时。" in page
    assert "施工：更换配电变压器" in page


def test_works_that_should_have_begun_say_so(visitor: Client) -> None:
    start = NOW - HOUR
    lives.announced(starts_at=start, ends_at=start + 4 * HOUR, at=NOW - 8 * DAY)
    page = read(visitor, "/outages/")
    assert "原定 今天 08:00 至 12:00 停电，尚未开始。" in page


def test_works_beyond_the_week_are_not_listed_yet(visitor: Client) -> None:
    lives.announced()
    assert "未来7天没有计划停电" in read(visitor, "/outages/")


def test_a_late_announcement_is_marked_openly(visitor: Client) -> None:
    start = NOW + DAY
    lives.announced(
        starts_at=start, ends_at=start + HOUR, late_reason="紧急缺陷", at=NOW
    )
    assert "公告晚了</span>" in read(visitor, "/outages/")


def test_a_cancelled_one_stays_until_its_day_is_over(visitor: Client) -> None:
    start = NOW + DAY
    outage = lives.announced(starts_at=start, ends_at=start + HOUR, at=NOW - 8 * DAY)
    announcing.cancel(outage, reason="天气原因", by=sun(), at=NOW)
    page = read(visitor, "/outages/")
    assert "已取消，不停电" in page
    assert "的停电已取消，照常供电。" in page


def test_a_draft_is_nobodys_news(visitor: Client) -> None:
    start = NOW + DAY
    outage = lives.approved(starts_at=start, ends_at=start + HOUR, at=NOW - 8 * DAY)
    assert outage.number not in read(visitor, "/outages/")
    assert visitor.get(f"/outages/{outage.number}/").status_code == 404


def test_what_was_restored_lately_is_listed(visitor: Client) -> None:
    outage = lives.fault(moment=NOW - DAY)
    running.restore(outage, by=sun(), at=NOW - DAY + HOUR)
    page = read(visitor, "/outages/")
    assert "昨天 09:00 至 10:00，停电 1 小时，已恢复供电。" in page


def test_a_district_shows_its_own(visitor: Client) -> None:
    there = lives.fault(lives.GARDEN)
    here = lives.fault(lives.SQUARE)
    page = read(visitor, "/outages/", district=HEPING)
    assert here.number in page
    assert there.number not in page
    assert "和平区正在停电" in page


@pytest.mark.parametrize("district", ["999999", "x", "' OR 1=1"])
def test_a_made_up_district_shows_the_whole_city(
    visitor: Client, district: str
) -> None:
    outage = lives.fault()
    assert outage.number in read(visitor, "/outages/", district=district)


def test_long_lists_have_pages(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outages.views.public.PER_PAGE", 1)
    first, second = lives.fault(lives.GARDEN), lives.fault(lives.SQUARE)
    page = read(visitor, "/outages/")
    assert "第 1 页，共 2 页" in page
    assert 'href="?out=2#out"' in page
    assert second.number in page
    assert first.number not in page
    assert first.number in read(visitor, "/outages/", out="2")


def test_works_whose_time_passed_without_them_are_announced_no_more(
    visitor: Client,
) -> None:
    start = NOW - 3 * HOUR
    outage = lives.announced(
        starts_at=start, ends_at=start + 2 * HOUR, at=NOW - 20 * DAY
    )
    assert outage.number not in read(visitor, "/outages/")
    assert outage.number not in read(visitor, "/outages/", q="海河花园")
    page = read(visitor, f"/outages/{outage.number}/")
    assert "原定 今天 06:00 至 08:00 停电，没有进行。再要停电会重新公告。" in page
    assert "等待停电" not in page


def test_works_are_announced_to_the_last_moment_of_their_time(visitor: Client) -> None:
    start = NOW - 3 * HOUR
    end = NOW + timedelta(seconds=1)
    outage = lives.announced(starts_at=start, ends_at=end, at=NOW - 20 * DAY)
    assert outage.number in read(visitor, "/outages/")
    assert outage.number in read(visitor, "/outages/", q="海河花园")
