"""频繁停电公示: open cases and those closed within a year, with their evidence."""

import csv
import io
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from outages.models import GovernanceCase
from outages.services import governance
from tests.cast import HEPING, HEXI, at, sun
from tests.governance.pages import public_page, text
from tests.governance.world import (
    case_of,
    cut_on,
    exclude,
    observe,
    plan,
)
from tests.grid import Grid

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")
FOUR = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(network: Grid) -> GovernanceCase:
    cut_on(network.garden, *FOUR)
    return case_of(network.garden)


def listed(**asked: str) -> str:
    return text(Client().get("/outages/frequent/", asked))


def test_an_empty_list_says_so(network: Grid) -> None:
    page = listed()
    assert "没有正在治理的线路、台区" in page
    assert "连续60天停电超过 3 次" in page
    assert "天津行动计划（2025-2029）" in page


def test_a_case_is_listed_with_its_counts_in_the_words_of_the_rule(
    case: GovernanceCase,
) -> None:
    page = listed()
    assert "海河花园台区" in page
    assert "连续60天（2026年7月3日至2026年8月31日）停电4次，上限3次" in page
    assert "目前：连续60天4次，连续365天4次，本自然年4次" in page
    assert "待制定方案" in page


def test_near_misses_are_nobodys_business(network: Grid) -> None:
    cut_on(network.garden, *FOUR[:3])
    assert "海河花园" not in listed()


def test_a_district_keeps_its_own(network: Grid, case: GovernanceCase) -> None:
    assert "海河花园台区" in listed(district=HEXI)
    other = listed(district=HEPING)
    assert "海河花园台区" not in other
    assert "和平区频繁停电公示" in other
    # What is no district of the city filters nothing.
    assert "海河花园台区" in listed(district="999999")


def test_a_plan_and_its_delay_are_public(case: GovernanceCase) -> None:
    plan(case, NOW, "2026-09-10")
    assert "计划2026年9月10日前完成" in listed()
    page = text(Client().get(public_page(case)))
    assert "更换老化电缆，加装分段开关" in page
    assert "已过计划完成日期" not in page
    with time_machine.travel(at("2026-09-11"), tick=False):
        assert "已过计划完成日期" in listed()
        late = text(Client().get(public_page(case)))
        assert "计划2026年9月10日完成，已超期1天" in late


def test_what_was_closed_stays_for_a_year(case: GovernanceCase) -> None:
    observe(case, NOW)
    assert "最早2026年10月31日可以销号" in text(Client().get(public_page(case)))
    governance.close(case, by=sun(), at=at("2026-10-31"))
    for day, shown in [("2027-10-31", True), ("2027-11-01", False)]:
        with time_machine.travel(at(day), tick=False):
            assert ("海河花园台区" in listed()) == shown
    assert "2026年10月31日" in text(Client().get(public_page(case)))


def test_what_was_lifted_is_not_listed(network: Grid, case: GovernanceCase) -> None:
    exclude(case.transformer.interruptions.earliest("began_at").outage, NOW)
    assert "海河花园台区" not in listed()
    page = text(Client().get(public_page(case)))
    assert "重新认定后解除" in page
    assert "已剔除" in page


def test_the_page_of_a_case_shows_outages_and_steps_but_no_names(
    case: GovernanceCase,
) -> None:
    observe(case, NOW)
    governance.note(case, text="内部备注", by=sun(), at=NOW)
    page = text(Client().get(public_page(case)))
    for number in case.findings["rules"][0]["outages"]:
        assert f"/outages/{number}/" in page
    assert "频繁停电，立案治理" in page
    assert "检查合格：现场查看合格" in page
    assert "孙运维" not in page
    assert "内部备注" not in page


def test_a_line_is_called_a_line(network: Grid) -> None:
    cut_on(network.youyi_two, *FOUR)
    page = text(Client().get(public_page(case_of(network.youyi_two))))
    assert "友谊二线" in page
    assert "要为这条线路制定治理方案" in page
    area = text(Client().get(public_page(case_of(network.village))))
    assert "要为这个台区制定治理方案" in area


@pytest.mark.parametrize(
    "number", ["ZL-0000-0000-0000-1", "ZL-AAAA-AAAA-AAAA-A", "ZL-0000-0000-0000-0"]
)
def test_an_unknown_number_is_not_found(network: Grid, number: str) -> None:
    assert Client().get(f"/outages/frequent/{number}/").status_code == 404


def test_a_number_read_out_carelessly_is_understood(case: GovernanceCase) -> None:
    careless = case.number.lower()
    assert Client().get(f"/outages/frequent/{careless}/").status_code == 200


def test_an_outage_still_running_is_said_to_be(case: GovernanceCase) -> None:
    row = case.transformer.interruptions.latest("began_at")
    type(row).objects.filter(pk=row.pk).update(restored_at=None, seconds=None)
    assert "还没有复电" in text(Client().get(public_page(case)))


def test_the_file_holds_what_the_list_holds(case: GovernanceCase) -> None:
    governance.plan(
        case, measures="=1+1\n换线", planned_on=at("2026-08-31").date(),
        responsible=sun(), by=sun(), at=at("2026-08-31", "12:00"),
    )  # fmt: skip
    response = Client().get("/outages/frequent.csv", {"district": HEXI})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    raw = text(response)
    assert raw.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(raw[1:]))
    assert dict(zip(head, row, strict=True)) == {
        "治理编号": case.number,
        "类别": "台区",
        "编码": "T-YY1-01",
        "名称": "海河花园台区",
        "所在区": "河西区",
        "状态": "方案已定，待施工",
        "超标情况": "连续60天（2026年7月3日至2026年8月31日）停电4次，上限3次",
        "目前次数": "连续60天4次，连续365天4次，本自然年4次",
        "立案日期": "2026-08-31",
        "治理措施": "'=1+1 换线",
        "计划完成日期": "2026-08-31",
        "是否超期": "是",
        "销号日期": "",
    }
    other = text(Client().get("/outages/frequent.csv", {"district": HEPING}))
    assert other.count("\n") == 1


def test_the_file_says_when_a_case_was_closed(case: GovernanceCase) -> None:
    observe(case, NOW)
    governance.close(case, by=sun(), at=at("2026-10-31"))
    with time_machine.travel(at("2026-11-01"), tick=False):
        raw = text(Client().get("/outages/frequent.csv"))
    assert raw.splitlines()[1].endswith('"","2026-10-31"')
