"""算一算: the due date, why it is that date, and what is still uncertain."""

import pytest
from django.test import Client

FACTS = [
    ("2025-01-24", 5, "2025-02-07"),
    ("2025-09-29", 3, "2025-10-10"),
    ("2025-09-30", 10, "2025-10-21"),
    ("2026-01-01", 3, "2026-01-06"),
    ("2026-02-14", 1, "2026-02-24"),
    ("2026-04-30", 3, "2026-05-08"),
    ("2026-09-30", 10, "2026-10-20"),
]


@pytest.mark.parametrize(("start", "days", "due"), FACTS)
def test_it_counts_over_holidays_and_worked_saturdays(
    visitor: Client, start: str, days: int, due: str
) -> None:
    page = visitor.get("/deadline/", {"start": start, "by": "days", "days": str(days)})
    [estimate] = page.context["estimates"]
    assert estimate.reckoning.due_on.isoformat() == due
    assert f'<time datetime="{due}">' in page.content.decode()


def test_the_ledger_names_every_day_and_the_notice_behind_it(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "2026-09-30", "by": "days", "days": "10"}
    ).content.decode()
    assert "9月30日（周三），起算日，不计入" in page
    assert "10月1日（周四），法定节假日，国庆节，不计入" in page
    assert "10月10日（周六），调休上班" in page
    assert "10月20日（周二），工作日，第 10 天，到期日" in page
    assert "计入 10 天，不计入法定节假日 6 天、周末 4 天" in page
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page


@pytest.mark.parametrize(
    "typed",
    ["2026-9-30", "2026/9/30", "2026年9月30日", "20260930", "２０２６－０９－３０"],
)
def test_a_date_may_be_typed_in_any_usual_way(visitor: Client, typed: str) -> None:
    page = visitor.get(
        "/deadline/", {"start": typed, "by": "days", "days": "１０ 个工作日"}
    )
    assert page.context["estimates"][0].reckoning.due_on.isoformat() == "2026-10-20"


def test_a_three_zero_user_gets_one_date_for_the_whole(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "2026-09-28", "by": "type", "user_type": "three_zero"}
    )
    [whole] = page.context["estimates"]
    assert whole.whole
    assert whole.reckoning.due_on.isoformat() == "2026-10-10"


def test_a_high_voltage_user_gets_a_date_per_step_and_none_for_the_sum(
    visitor: Client,
) -> None:
    page = visitor.get(
        "/deadline/",
        {"start": "2026-09-30", "by": "type", "user_type": "high_voltage_single"},
    )
    dues = [e.reckoning.due_on.isoformat() for e in page.context["estimates"]]
    assert dues[:2] == ["2026-10-08", "2026-10-20"]
    assert len(dues) == 6
    assert "没有一个总的到期日" in page.content.decode()


def test_a_date_past_the_official_notice_is_provisional(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "2026-12-28", "by": "days", "days": "10"}
    ).content.decode()
    assert "暂定" in page
    assert "通知发布后会重新推算" in page


def test_a_time_before_any_limit_says_so(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "2010-01-04", "by": "type", "user_type": "three_zero"}
    ).content.decode()
    assert "还没有公布这一类的时限" in page


def test_it_opens_with_today_filled_in(visitor: Client) -> None:
    assert 'value="2026-09-28"' in visitor.get("/deadline/").content.decode()


@pytest.mark.parametrize("asked", ["days=10", "user_type=high_voltage_single"])
def test_an_address_may_leave_out_the_way_of_counting(
    visitor: Client, asked: str
) -> None:
    page = visitor.get(f"/deadline/?start=2026-09-30&{asked}")
    assert "10月20日" in page.content.decode()
