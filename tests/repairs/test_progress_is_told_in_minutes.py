"""Five steps with their moments, the promise in minutes, the hope and its changes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from outages.models import FaultReport
from outages.selectors import repair_progress
from outages.selectors.repair_progress import Progress
from outages.services import announcing, repairing, running
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import announced, crew, fault, order_of, reported
from tests.repairs.pages import on, page_of, text_of


def minutes(number: int) -> datetime:
    return cast.NOW + timedelta(minutes=number)


def progress(report: FaultReport, at: datetime) -> Progress:
    found = repair_progress.find(report.number)
    assert found is not None
    return repair_progress.read(found, at=at)


def states(told: Progress) -> list[str]:
    return [step.state for step in told.steps]


def test_step_by_step(net: Grid) -> None:
    report = reported(net)
    order = order_of(report)
    told = progress(report, minutes(5))
    assert told.headline == "已受理，正在派人"
    assert states(told) == ["done", "current", "future", "future", "future"]
    assert told.limits[0].sentence == "应在 今天 09:45 前到达现场，还有 40 分钟。"
    assert told.steps[1].promise == told.limits[0].sentence
    assert (told.tone, told.is_open) == ("normal", True)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=minutes(10))
    told = progress(report, minutes(44))
    assert (told.headline, told.crew) == ("抢修人员正在路上", "河西抢修一班")
    assert told.tone == "warning"
    repairing.arrive(order, by=cast.wang(), at=minutes(45))
    told = progress(report, minutes(46))
    assert states(told) == ["done", "done", "done", "current", "future"]
    assert [limit.label for limit in told.limits] == ["按时", ""]
    assert told.limits[0].sentence == "用时 45 分钟。"
    assert "应在 今天 12:45 前恢复供电" in told.limits[1].sentence
    repairing.start_repair(order, by=cast.wang(), at=minutes(50))
    assert states(progress(report, minutes(50)))[3:] == ["done", "current"]
    repairing.restore(order, by=cast.wang(), at=minutes(226))
    told = progress(report, minutes(230))
    assert (told.headline, told.tone, told.is_open) == ("已恢复供电", "met", False)
    assert [limit.label for limit in told.limits] == ["按时", "超时"]
    assert [step.at for step in told.steps] == [
        cast.NOW, minutes(10), minutes(45), minutes(50), minutes(226),
    ]  # fmt: skip


def test_what_is_late_is_said(net: Grid) -> None:
    told = progress(reported(net), minutes(57))
    assert told.tone == "overdue"
    assert "已超过 12 分钟" in told.limits[0].sentence


def test_hope_and_its_changes(net: Grid) -> None:
    report = reported(net)
    order = order_of(report)
    assert progress(report, cast.NOW).back == "恢复时间正在核实，有消息马上更新。"
    repairing.dispatch(
        order,
        crew=crew(),
        estimated_at=minutes(120),
        by=cast.wang(),
        at=minutes(1),
    )
    repairing.estimate(
        order,
        estimated_at=minutes(390),
        reason="电缆需要开挖",
        by=cast.wang(),
        at=minutes(60),
    )
    told = progress(report, minutes(60))
    assert told.back == "今天 15:30 前恢复，预计还有 5 小时 30 分钟。"
    assert [(e.words, e.reason) for e in told.estimates] == [
        ("预计 今天 15:30 前恢复", "电缆需要开挖"),
        ("预计 今天 11:00 前恢复", ""),
    ]


def test_a_dispatch_without_a_time_is_no_estimate(net: Grid) -> None:
    report = reported(net)
    repairing.dispatch(order_of(report), crew=crew(), by=cast.wang(), at=cast.NOW)
    assert progress(report, cast.NOW).estimates == []


def test_no_fault_of_the_network_says_what_to_do(net: Grid) -> None:
    report = reported(net)
    order = order_of(report)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    repairing.dismiss(order, reason="入户空开跳闸。", by=cast.wang(), at=minutes(9))
    told = progress(report, minutes(10))
    assert told.headline == "查过了，不是电网故障"
    assert told.explanation.startswith("入户空开跳闸。经查不是电网故障")
    assert [step.title for step in told.steps] == ["受理", "派单", "不属于电网故障"]
    assert (told.tone, told.limits, told.back) == ("cancelled", [], "")


def test_closed_is_the_end_of_the_road(net: Grid) -> None:
    report = reported(net)
    order = order_of(report)
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    repairing.arrive(order, by=cast.wang(), at=cast.NOW)
    repairing.restore(order, by=cast.wang(), at=cast.NOW)
    repairing.close(order, outcome="满意", by=cast.wang(), at=cast.NOW)
    told = progress(report, cast.NOW)
    assert told.headline == "已办结"
    assert set(states(told)) == {"done"}


def test_a_lamp_is_mended(net: Grid) -> None:
    report = reported(net, trouble="street_light")
    order = order_of(report)
    assert progress(report, cast.NOW).steps[-1].title == "修好"
    repairing.dispatch(order, crew=crew(), by=cast.wang(), at=cast.NOW)
    repairing.arrive(order, by=cast.wang(), at=cast.NOW)
    repairing.restore(order, by=cast.wang(), at=cast.NOW)
    assert progress(report, cast.NOW).headline == "路灯已修好"


def test_a_known_outage_is_told_with_its_reason(net: Grid) -> None:
    outage = fault(net, estimated_at=minutes(60))
    report = reported(net, at=minutes(1))
    told = progress(report, minutes(2))
    assert told.headline == repair_progress.headline(report)
    assert told.headline == "原因已经知道，正在处理"
    assert told.steps[1].lines == ["故障：低压电缆故障"]
    assert told.back == "今天 10:00 前恢复，预计还有 58 分钟。"
    assert told.is_open
    running.restore(outage, by=cast.sun(), at=minutes(40))
    told = progress(report, minutes(41))
    assert (told.headline, told.is_open) == ("已恢复供电", False)
    assert set(states(told)) == {"done"}


def test_an_announced_outage_that_was_called_off(net: Grid) -> None:
    outage = announced(net, starts_at=cast.NOW)
    report = reported(net, at=minutes(1))
    announcing.cancel(outage, reason="天气", by=cast.sun(), at=minutes(2))
    assert progress(report, minutes(3)).headline == "停电已取消"


def test_the_outage_of_an_order_is_hoped_for_too(net: Grid) -> None:
    report = reported(net)
    order = order_of(report)
    outage = fault(net, estimated_at=minutes(60))
    repairing.link(order, outage=outage, by=cast.wang(), at=cast.NOW)
    assert "今天 10:00 前恢复" in progress(report, minutes(1)).back
    running.restore(outage, by=cast.sun(), at=minutes(30))
    told = progress(report, minutes(31))
    assert "这里的停电已于今天 09:30恢复" in told.explanation
    assert told.back == ""


def test_the_page_asks_for_itself_and_works_without(net: Grid) -> None:
    report = reported(net)
    client = Client()
    with on(minutes(1)):
        page = client.get(page_of(report)).content.decode()
        assert 'hx-trigger="every 30s"' in page
        assert f'href="{page_of(report)}">刷新' in page
        same = client.get(f"{page_of(report)}status/?seen=1.0")
        assert "还有 44 分钟" in text_of(same)
        assert "<html" not in same.content.decode()
    repairing.dispatch(order_of(report), crew=crew(), by=cast.wang(), at=minutes(2))
    news: Any = client.get(f"{page_of(report)}status/?seen=1.0")
    assert news["HX-Refresh"] == "true"


def test_what_is_over_asks_no_more(net: Grid) -> None:
    report = reported(net)
    repairing.dismiss(order_of(report), reason="跳闸", by=cast.wang(), at=cast.NOW)
    assert "hx-get" not in Client().get(page_of(report)).content.decode()


@pytest.mark.parametrize("number", ["BX-1", ""])
def test_a_number_nobody_has(net: Grid, number: str) -> None:
    assert repair_progress.find(number) is None
