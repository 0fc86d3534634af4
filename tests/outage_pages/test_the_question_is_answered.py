"""我家停电了吗: an address, a 小区, a 户号 or a number leads to one plain answer."""

from datetime import timedelta

import pytest
from django.test import Client

from outages.services import network, running
from tests.cast import NOW, sun
from tests.grid import Grid
from tests.outage_pages.conftest import read
from tests.outages import lives
from tests.repairs import desk

HOUR = timedelta(hours=1)


def ask(client: Client, words: str) -> str:
    """Ask the one field."""
    return read(client, "/outages/", q=words)


def test_out_now_with_reason_and_hope(visitor: Client) -> None:
    outage = lives.fault(moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR)
    for words in ("友谊路12号", "海河花园", "河西区友谊路 十二号", "1200000001"):
        page = ask(visitor, words)
        assert "正在停电" in page
        assert "今天 10:00 前恢复，预计还有 1 小时。" in page
        assert "原因：电缆故障" in page
        assert outage.number in page


def test_the_changes_of_the_hope_are_told(visitor: Client) -> None:
    outage = lives.fault(moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR)
    running.estimate(
        outage,
        estimated_at=NOW + 2 * HOUR,
        reason="等待备件",
        by=sun(),
        at=NOW - HOUR / 2,
    )
    page = ask(visitor, "海河花园")
    assert "恢复时间是怎么变的" in page
    assert "此前预计 今天 10:00。" in page
    assert "等待备件" in page


def test_announced_ahead(visitor: Client) -> None:
    lives.announced()
    page = ask(visitor, "海河花园")
    assert "现在有电，已有停电计划" in page
    assert "9月9日（周三） 09:00 至 17:00 停电" in page


def test_nothing_known_leads_to_what_to_check_and_to_a_report(visitor: Client) -> None:
    page = ask(visitor, "海河花园")
    assert "没有查到停电，也没有停电计划。" in page
    assert "空气开关" in page
    assert "欠费" in page
    assert 'href="/outages/report/"' in page


def test_one_that_has_power_again_is_told_so_while_others_wait(
    visitor: Client,
) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    running.restore_part(outage, transformers=["T-YY1-01"], by=sun(), at=NOW)
    page = ask(visitor, "海河花园")
    assert "没有查到停电" in page
    assert "今天 08:00 至 09:00，停电 1 小时，已恢复供电。" in page


def test_several_addresses_are_offered(visitor: Client, net: Grid) -> None:
    other = network.add_premises(
        transformer=net.school, address="友谊路18号友谊小学", compound=""
    )
    page = ask(visitor, "友谊路")
    assert "您说的是哪一处？" in page
    assert f'href="/outages/?place={other.pk}"' in page
    assert "友谊路18号友谊小学" in read(visitor, "/outages/", place=str(other.pk))


@pytest.mark.parametrize("place", ["0", "x", "9" * 40, "１", ""])
def test_a_made_up_place_is_not_found(visitor: Client, place: str) -> None:
    assert visitor.get("/outages/", {"place": place}).status_code == 404


def test_the_number_of_an_outage_leads_to_it(visitor: Client) -> None:
    outage = lives.fault()
    typed = outage.number.lower().replace("-", " ")
    response = visitor.get("/outages/", {"q": typed})
    assert response["Location"] == f"/outages/{outage.number}/"


def test_the_number_of_a_report_leads_to_its_progress(
    visitor: Client, net: Grid
) -> None:
    number = desk.reported(net).number
    response = visitor.get("/outages/", {"q": number.lower()})
    assert response["Location"] == f"/outages/reports/{number}/"


def test_a_compound_is_named_beside_its_house_number(
    visitor: Client, net: Grid
) -> None:
    network.add_premises(
        transformer=net.school, address="围堤道5号", compound="学府家园"
    )
    assert "<h1>学府家园（围堤道5号）</h1>" in ask(visitor, "围堤道5号")


def test_one_household_of_a_house_is_answered_for_itself(visitor: Client) -> None:
    outage = lives.fault(lives.ZHANG_HOME)
    assert outage.number in ask(visitor, "1200000001")
    assert outage.number not in ask(visitor, "1200000002")
    assert "没有查到停电" in ask(visitor, "海河花园")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "请填写小区、地址、户号或编号。"),
        ("   ", "请填写小区、地址、户号或编号。"),
        ("海" * 121, "最多120个字"),
        ("月亮湾9号", "没有找到这个地址"),
        ("9999999999", "没有这个户号"),
        ("河", "没有找到这个地址"),
    ],
)
def test_what_is_not_understood_is_said_and_kept(
    visitor: Client, words: str, sentence: str
) -> None:
    page = ask(visitor, words)
    assert sentence in page
    assert f'value="{words}"' in page or not words.strip()
