"""时限公示 says what the tables say, and keeps its two measures apart."""

import re

from django.test import Client

from sla.models import PolicyLimit
from sla.vocabulary import Measure, Stage


def rows_of(page: str) -> dict[str, list[str]]:
    """Return the figures of each user type in the first table of steps."""
    table = page.split("limits-table")[1].split("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.S)[1:]
    return {
        re.findall(r"<th[^>]*>(.*?)</th>", row, re.S)[0].strip(): re.findall(
            r"</span>\s*(\d+)\s*</td>", row
        )
        for row in rows
    }


def test_the_steps_of_annex_two_are_printed_as_the_tables_hold_them(
    visitor: Client,
) -> None:
    rows = rows_of(visitor.get("/limits/").content.decode())
    assert rows["低压（未实行三零）"] == ["1", "3", "2", "6"]
    assert rows["高压单电源"] == ["1", "10", "3", "2", "3", "3", "22"]
    assert rows["高压双电源"] == ["1", "20", "3", "2", "3", "3", "32"]


def test_a_changed_row_changes_the_page(visitor: Client) -> None:
    limit = PolicyLimit.objects.get(
        policy__key="tianjin-2025",
        user_type="high_voltage_single",
        stage=Stage.PLAN_REPLY,
    )
    limit.value = 9
    limit.save()
    rows = rows_of(visitor.get("/limits/").content.decode())
    assert rows["高压单电源"][1] == "9"


def test_whole_processes_never_stand_in_the_table_of_steps(visitor: Client) -> None:
    response = visitor.get("/limits/")
    for table in response.context["disclosure"].levels:
        assert {limit.measure for limit in table.whole} <= {Measure.WHOLE_PROCESS}
        totals = [row.total for row in table.steps if row.total]
        assert {total.measure for total in totals} <= {Measure.UTILITY_STEPS}
    whole = response.context["disclosure"].levels[0].whole
    assert [limit.value for limit in whole] == [5, 15]


def test_ordinary_high_voltage_users_read_their_own_sum(visitor: Client) -> None:
    page = visitor.get("/limits/").content.decode()
    assert "高压单电源 17 个工作日，高压双电源 27 个工作日" in page


def test_every_limit_names_its_document(visitor: Client) -> None:
    page = visitor.get("/limits/").content.decode()
    assert "行动计划（2025-2029年）" in page
    assert "附件2" in page


def test_another_city_shows_its_promises_beside_the_national_limits(
    visitor: Client,
) -> None:
    page = visitor.get("/limits/?region=370800").content.decode()
    assert "国家时限" in page
    assert "本地承诺" in page
    assert "当日申请、次日接电" in page


def test_an_unknown_region_is_not_found(visitor: Client) -> None:
    assert visitor.get("/limits/?region=999999").status_code == 404
    assert visitor.get("/limits/?region=nonsense").status_code == 404


def test_a_city_without_limits_says_so(visitor: Client) -> None:
    PolicyLimit.objects.all().delete()
    assert "还没有公布时限" in visitor.get("/limits/").content.decode()
