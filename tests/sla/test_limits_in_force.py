"""附件2 and the cities' promises, as they hold in a place on a day."""

from datetime import date
from typing import Any

import pytest

from sla.engine import Unreckonable
from sla.models import Policy
from sla.services import policies, rulebook
from tests.sla.world import HANGZHOU, HEPING, JINING, LINYI

pytestmark = pytest.mark.usefixtures("laws")
TODAY = date(2026, 9, 1)
STEPS = (
    "acceptance",
    "plan_reply",
    "design_review",
    "mid_inspection",
    "final_inspection",
    "connection",
)
ANNEX_2: dict[str, tuple[list[int | None], int]] = {
    "low_voltage": ([1, 3, None, None, None, 2], 6),
    "high_voltage_single": ([1, 10, 3, 2, 3, 3], 22),
    "high_voltage_dual": ([1, 20, 3, 2, 3, 3], 32),
    "extra_high_single": ([1, 10, 3, 2, 3, 3], 22),
    "extra_high_dual": ([1, 20, 3, 2, 3, 3], 32),
    "three_zero": ([None] * 6, 5),
    "three_zero_line": ([None] * 6, 15),
}


def values(
    region: str, user_type: str, level: str, on: date = TODAY
) -> list[int | None]:
    """Return the limits of each step and of the whole, None where there is none."""
    found = []
    for stage in (*STEPS, "total"):
        rows = policies.limits_for(
            region=region, user_type=user_type, stage=stage, on=on
        )
        found.append(next((r.value for r in rows if r.policy.level == level), None))
    return found


@pytest.mark.parametrize("region", [HEPING, JINING, "100000"])
@pytest.mark.parametrize("user_type", ANNEX_2)
def test_annex_2_holds_everywhere(region: str, user_type: str) -> None:
    steps, total = ANNEX_2[user_type]
    assert values(region, user_type, "national") == [*steps, total]


def test_a_sum_and_a_whole_process_are_two_measures() -> None:
    rows = policies.in_force(region=HEPING, on=TODAY)
    measures = {row.user_type: row.measure for row in rows if row.stage == "total"}
    assert measures["low_voltage"] == "utility_steps"
    assert measures["three_zero"] == measures["three_zero_line"] == "whole_process"


def test_the_nearest_document_is_the_source() -> None:
    for region, key in ((HEPING, "tianjin-2025"), (JINING, "national-2025")):
        (row,) = policies.limits_for(
            region=region, user_type="low_voltage", stage="plan_reply", on=TODAY
        )
        assert row.policy.key == key


def test_before_opinion_624_the_ten_commitments_held() -> None:
    day = date(2025, 6, 30)
    assert values(HEPING, "high_voltage_dual", "national", day)[-1] == 32
    assert values(HEPING, "three_zero", "national", day)[-1] == 15
    assert values(HEPING, "three_zero", "national", date(2025, 7, 1))[-1] == 5


def test_before_them_no_limit_is_on_record() -> None:
    assert policies.in_force(region=HEPING, on=date(2019, 1, 1)) == []


def test_after_tianjins_plan_ends_the_national_limits_go_on() -> None:
    (row,) = policies.limits_for(
        region=HEPING, user_type="low_voltage", stage="total", on=date(2031, 1, 1)
    )
    assert (row.value, row.policy.key) == (6, "national-2025")


def test_jining_promises_two_and_five_of_seven() -> None:
    promised = values(JINING, "high_voltage_single", "promise")
    assert promised == [None, 2, None, None, 5, None, 7]
    assert values(JINING, "three_zero", "promise")[-1] == 2


def test_hangzhou_counts_eight_calendar_days_and_an_average_is_no_limit() -> None:
    rows = policies.limits_for(
        region=HANGZHOU, user_type="three_zero", stage="total", on=TODAY
    )
    assert [(r.value, r.unit) for r in rows] == [
        (5, "working_day"),
        (8, "calendar_day"),
    ]
    assert values(HANGZHOU, "high_voltage_single", "promise") == [None] * 7
    (promise,) = policies.commitments_in_force(region=HANGZHOU, on=TODAY)
    assert "平均办电时长35天" in promise.commitments


def test_linyi_promises_in_words_only() -> None:
    assert {row.policy.level for row in policies.in_force(region=LINYI, on=TODAY)} == {
        "national"
    }
    (promise,) = policies.commitments_in_force(region=LINYI, on=TODAY)
    assert "申请即答复" in promise.commitments


def test_a_route_adds_up_only_the_steps_that_run() -> None:
    route = ("acceptance", "plan_reply", "final_inspection", "connection")
    for user_type, days in (("high_voltage_single", 17), ("high_voltage_dual", 27)):
        assert (
            policies.national_sum(
                region=HEPING, user_type=user_type, stages=route, on=TODAY
            )
            == days
        )
    nothing = policies.national_sum(
        region=HEPING, user_type="three_zero", stages=route, on=TODAY
    )
    assert nothing is None


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(Unreckonable, match="没有代码为 999999 的地区"):
        policies.in_force(region="999999", on=TODAY)


def test_the_nearest_document_wins_whichever_is_younger() -> None:
    Policy.objects.filter(key="tianjin-2025").update(valid_from=date(2026, 1, 1))
    for on, key in ((date(2025, 8, 1), "national-2025"), (TODAY, "tianjin-2025")):
        (row,) = policies.limits_for(
            region=HEPING, user_type="low_voltage", stage="plan_reply", on=on
        )
        assert row.policy.key == key


def test_a_rule_changed_while_it_is_read_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    marks = iter(["before", "during", "during", "during"])
    monkeypatch.setattr(rulebook, "mark", lambda: next(marks))
    monkeypatch.setattr(rulebook, "_books", type(rulebook._books)())
    book = rulebook.current()
    assert rulebook.current() is book


def test_few_editions_of_the_rules_are_kept_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rulebook, "_books", type(rulebook._books)())
    for number in range(6):
        Policy.objects.filter(key="tianjin-2025").update(title=f"第{number}版")
        rulebook.current()
    assert len(rulebook._books) == 4


def test_one_act_asks_for_the_rules_once(django_assert_num_queries: Any) -> None:
    rulebook.current()
    with django_assert_num_queries(1), rulebook.steady():
        first = rulebook.current()
        with rulebook.steady():
            assert rulebook.current() is first
        assert rulebook.current() is first
    with django_assert_num_queries(0), rulebook.steady():
        pass
