"""The page of one outage: its course, its notice, its places, its repair."""

from datetime import timedelta

import pytest
from django.test import Client

from outages.services import (
    announcing,
    judging,
    outage_files,
    repairing,
    running,
)
from outages.vocabulary import OutageKind
from tests.cast import NOW, sun
from tests.grid import Grid, zhou
from tests.outage_pages.conftest import read
from tests.outages import lives
from tests.repairs import desk

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_from_announcement_to_restoration(visitor: Client) -> None:
    start = NOW - 5 * HOUR
    outage = lives.announced(
        lives.LINE_ONE,
        starts_at=start + DAY,
        ends_at=start + DAY + 2 * HOUR,
        at=NOW - 20 * DAY,
    )
    announcing.reschedule(
        outage,
        starts_at=start,
        ends_at=start + 2 * HOUR,
        reason="配合市政施工",
        by=sun(),
        at=NOW - 10 * DAY,
    )
    running.begin(outage, by=zhou(), at=start)
    running.extend(
        outage,
        ends_at=start + 4 * HOUR,
        reason="接头需要重做",
        by=zhou(),
        at=start + HOUR,
    )
    running.restore_part(
        outage, transformers=["T-YY1-01"], by=zhou(), at=start + 2 * HOUR
    )
    running.restore(outage, by=zhou(), at=start + 3 * HOUR)
    page = read(visitor, f"/outages/{outage.number}/")
    steps = [
        "发布停电公告", "变更停电时间", "配合市政施工", "开始停电", "延长停电",
        "接头需要重做", "部分恢复供电", "1 个台区恢复供电", "全部恢复供电",
    ]  # fmt: skip
    places = [page.index(step) for step in steps]
    assert places == sorted(places)
    assert "符合提前 7 天 的规定" in page


def test_a_late_notice_is_said_with_its_reason(visitor: Client) -> None:
    start = NOW + DAY
    outage = lives.announced(
        starts_at=start, ends_at=start + HOUR, late_reason="紧急缺陷", at=NOW
    )
    page = read(visitor, f"/outages/{outage.number}/")
    assert "公告晚了，按规定应提前 7 天，已记入统计。原因：紧急缺陷。" in page
    assert "等待停电" in page


def test_a_cancelled_one_says_so(visitor: Client) -> None:
    outage = lives.announced()
    announcing.cancel(outage, reason="天气原因", by=sun(), at=NOW)
    page = read(visitor, f"/outages/{outage.number}/")
    assert "照常供电，不用做准备" in page
    assert "天气原因" in page


def test_the_places_by_name_and_never_a_household(visitor: Client) -> None:
    outage = lives.fault(lives.LINE_ONE)
    page = read(visitor, f"/outages/{outage.number}/")
    assert "友谊路12号海河花园" in page
    assert "友谊路30号集贸市场" in page
    assert "1200000001" not in page
    assert "13900000030" not in page


def test_one_that_cuts_single_households_names_their_house(visitor: Client) -> None:
    outage = lives.fault(lives.ZHANG_HOME)
    page = read(visitor, f"/outages/{outage.number}/")
    assert "友谊路12号海河花园" in page
    assert "1200000001" not in page


def test_what_has_power_again_is_marked(visitor: Client) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    running.restore_part(outage, transformers=["T-YY1-01"], by=zhou(), at=NOW)
    page = read(visitor, f"/outages/{outage.number}/")
    assert page.count("<span>已恢复</span>") == 1


def test_the_found_cause_and_whether_it_counts(visitor: Client) -> None:
    outage = lives.fault(moment=NOW - 2 * HOUR)
    running.restore(outage, by=zhou(), at=NOW - HOUR)
    judging.classify(
        outage, cause="third_party", evidence="出警记录", by=zhou(), at=NOW
    )
    page = read(visitor, f"/outages/{outage.number}/")
    assert "外力破坏（施工挖断、车辆碰撞、盗窃）（申请剔除，待复核）" in page
    assert "出警记录" not in page


def test_the_steps_of_the_repair(visitor: Client, net: Grid) -> None:
    outage = lives.fault(moment=NOW - HOUR)
    order = desk.on_site(net, at=NOW, premises=net.market_hall)
    repairing.link(order, outage=lives.fault(lives.MARKET), by=sun(), at=NOW)
    linked = order.outage
    assert linked is not None
    page = read(visitor, f"/outages/{linked.number}/")
    assert "抢修进度</h2>" in page
    assert "已到达现场" in page
    assert "抢修进度</h2>" not in read(visitor, f"/outages/{outage.number}/")


def test_a_number_typed_otherwise_is_put_right(visitor: Client) -> None:
    outage = lives.fault()
    response = visitor.get(f"/outages/{outage.number.lower()}/")
    assert response.status_code == 301
    assert response["Location"] == f"/outages/{outage.number}/"


def test_many_places_have_pages(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outages.views.one.PLACES_PER_PAGE", 1)
    outage = lives.fault(lives.LINE_ONE)
    page = read(visitor, f"/outages/{outage.number}/")
    assert "第 1 页，共 2 页" in page


def test_what_came_from_another_system_tells_what_is_known(visitor: Client) -> None:
    text = (
        "reference,kind,reason,scope,published_at,starts_at,ends_at,began_at,"
        "restored_at\r\n"
        "A-1,planned,更换变压器,L-YY1,2026-03-03T08:00+08:00,2026-03-10T08:00+08:00,"
        "2026-03-10T16:00+08:00,2026-03-10T08:05+08:00,2026-03-10T15:30+08:00\r\n"
    )
    loaded = outage_files.load(outage_files.read(text.encode()), by=sun(), at=NOW)
    page = read(visitor, f"/outages/{loaded.outages[0].number}/")
    for step in ("发布停电公告", "开始停电", "全部恢复供电"):
        assert step in page


def test_rationing_is_announced_without_a_lead(visitor: Client) -> None:
    outage = lives.announced(kind=OutageKind.RATIONING, starts_at=NOW + HOUR)
    page = read(visitor, f"/outages/{outage.number}/")
    assert "<dd>今天 09:00 公告。</dd>" in page
