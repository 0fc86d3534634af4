"""Who types the name of a 小区 is answered at once, not asked for his house first."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from outages.selectors import sentences
from outages.services import network, running
from tests.cast import NOW, sun
from tests.grid import Grid
from tests.outage_pages.conftest import read
from tests.outages import lives

HOUR = timedelta(hours=1)


@pytest.fixture
def estate(net: Grid) -> Grid:
    """学府家园: houses 1, 2 and 10 on one 台区, house 3 on another."""
    for number in (10, 1, 2):
        network.add_premises(
            transformer=net.school,
            address=f"围堤道5号学府家园{number}号楼",
            compound="学府家园",
        )
    network.add_premises(
        transformer=net.market, address="围堤道5号学府家园3号楼", compound="学府家园"
    )
    return net


def ask(client: Client, words: str) -> str:
    return read(client, "/outages/", q=words)


def test_all_houses_without_power_are_one_answer(visitor: Client, estate: Grid) -> None:
    lives.fault(
        lives.LINE_ONE, moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR
    )
    page = ask(visitor, "学府家园")
    assert "<h1>学府家园</h1>" in page
    assert "今天 10:00 前恢复，预计还有 1 小时。" in page
    assert "您说的是哪一处" not in page


def test_all_houses_with_power_are_one_answer(visitor: Client, estate: Grid) -> None:
    page = ask(visitor, "学府家园")
    assert "<h1>学府家园</h1>" in page
    assert "没有查到停电，也没有停电计划。" in page
    assert 'href="/outages/subscribe/?q=%E5%AD%A6%E5%BA%9C%E5%AE%B6%E5%9B%AD"' in page


def test_houses_that_fare_differently_are_told_apart_with_how_they_stand(
    visitor: Client, estate: Grid
) -> None:
    lives.fault(lives.SCHOOL, moment=NOW - HOUR, estimated_at=NOW + HOUR, at=NOW - HOUR)
    page = ask(visitor, "学府家园")
    assert "您说的是哪一处？" in page
    out, fine = "围堤道5号学府家园1号楼、2号楼、10号楼", "围堤道5号学府家园3号楼"
    assert page.index(out) < page.index("今天 10:00 前恢复")
    assert page.index(fine) < page.index("没有查到停电，也没有停电计划。")

    chosen = re.search(
        rf'href="/outages/(\?place=\d+&amp;all=1)">学府家园（{out}）<', page
    )
    assert chosen is not None
    answered = read(visitor, "/outages/" + chosen[1].replace("&amp;", "&"))
    assert f"<h1>学府家园（{out}）</h1>" in answered
    assert "今天 10:00 前恢复，预计还有 1 小时。" in answered


def test_one_house_is_answered_for_itself(visitor: Client, estate: Grid) -> None:
    lives.fault(lives.SCHOOL, moment=NOW - HOUR)
    assert "没有查到停电" in ask(visitor, "学府家园3号楼")


def test_a_compound_of_the_same_name_elsewhere_is_another(
    visitor: Client, estate: Grid
) -> None:
    network.add_premises(
        transformer=estate.square, address="和平路1号学府家园", compound="学府家园"
    )
    page = ask(visitor, "学府家园")
    assert "您说的是哪一处？" in page
    assert "河西区" in page
    assert "和平区" in page


def test_the_places_of_an_outage_are_listed_by_compound(
    visitor: Client, estate: Grid
) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    page = read(visitor, f"/outages/{outage.number}/")
    assert "围堤道5号学府家园1号楼、2号楼、3号楼、10号楼</span>" in page

    running.restore_part(outage, transformers=["T-YY1-02"], by=sun(), at=NOW)
    page = read(visitor, f"/outages/{outage.number}/")
    assert (
        "围堤道5号学府家园1号楼、2号楼、10号楼</span> "
        '<span class="chip chip-met">' in page
    )
    assert "围堤道5号学府家园3号楼</span></li>" in page


@pytest.mark.parametrize("place", ["0", "x", "9" * 40])
def test_a_made_up_compound_is_not_found(visitor: Client, place: str) -> None:
    assert visitor.get("/outages/", {"place": place, "all": "1"}).status_code == 404


def test_a_place_without_compound_is_its_own(visitor: Client, net: Grid) -> None:
    alone = network.add_premises(transformer=net.school, address="围堤道7号")
    page = read(visitor, "/outages/", place=str(alone.pk), all="1")
    assert "<h1>围堤道7号</h1>" in page


def test_the_api_answers_for_a_compound_too(visitor: Client, estate: Grid) -> None:
    lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    told = visitor.get("/api/v1/outages/power/", {"address": "学府家园"}).json()
    assert (told["place"], told["is_out"], told["candidates"]) == (
        "学府家园",
        True,
        [],
    )


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        (["甲路1号乙苑10号楼", "甲路1号乙苑2号楼"], "甲路1号乙苑2号楼、10号楼"),
        (["甲路1号楼", "甲路10号楼"], "甲路1号楼、甲路10号楼"),
        (["甲路3号院6号楼", "甲路3号院5号楼"], "甲路3号院5号楼、6号楼"),
        (["友谊路12号", "友谊里3号"], "友谊路12号、友谊里3号"),
        (["甲路1号乙苑", "甲路1号乙苑1号楼"], "甲路1号乙苑、1号楼"),
        (["甲路1号乙苑"], "甲路1号乙苑"),
    ],
)
def test_addresses_are_said_in_one_breath(addresses: list[str], said: str) -> None:
    assert sentences.together(addresses, compound="乙苑") == said
