"""Holidays that were changed after the fact, and years before the law of 2008."""

import pytest

from tests.sla_engine.cast import day, national


@pytest.mark.parametrize(
    ("date", "worked", "why"),
    [
        # 2020: the holiday of spring was prolonged to 02-02 when it had begun.
        ("2020-01-19", True, "调休上班"),
        ("2020-01-30", False, "法定节假日"),
        ("2020-01-31", False, "法定节假日"),
        ("2020-02-01", False, "法定节假日"),
        ("2020-02-02", False, "法定节假日"),
        ("2020-02-03", True, "工作日"),
        # 2019: four days in May, decided in March.
        ("2019-04-28", True, "调休上班"),
        ("2019-05-03", False, "法定节假日"),
        ("2019-05-05", True, "调休上班"),
        # 2015: one day for the victory of 1945.
        ("2015-09-03", False, "法定节假日"),
        ("2015-09-06", True, "调休上班"),
        # Before 2008: long holidays in May, none at 清明, 端午 and 中秋.
        ("2007-05-07", False, "法定节假日"),
        ("2007-04-05", True, "工作日"),
        ("2007-06-19", True, "工作日"),
        ("2007-09-25", True, "工作日"),
        ("2008-04-04", False, "法定节假日"),
        ("2005-12-31", True, "调休上班"),
        ("2006-01-03", False, "法定节假日"),
    ],
)
def test_each_date_is_what_its_notice_made_it(date, worked, why):
    verdict = national().verdict(day(date))
    assert (verdict.workday, verdict.label) == (worked, why)
    assert national().is_workday(day(date)) is worked


@pytest.mark.parametrize(
    ("date", "worked", "why"),
    [
        ("2003-04-26", False, "周末"),
        ("2003-04-27", False, "周末"),
        ("2003-05-05", False, "法定节假日"),
        ("2003-05-06", True, "工作日"),
        ("2003-05-07", True, "工作日"),
    ],
)
def test_the_long_holiday_of_may_2003_was_called_off(date, worked, why):
    verdict = national().verdict(day(date))
    assert (verdict.workday, verdict.label) == (worked, why)
    assert verdict.source == "国务院办公厅关于2003年“五一”放假调休安排的通知"


@pytest.mark.parametrize(
    ("date", "year"),
    [("2018-12-29", 2019), ("2018-12-31", 2019), ("2011-12-31", 2012)],
)
def test_a_day_of_december_may_belong_to_next_years_notice(date, year):
    verdict = national().verdict(day(date))
    assert verdict.name.startswith("元旦")
    assert f"{year}年" in verdict.source


def test_the_notice_of_2020_and_its_extension_are_both_named():
    assert "部分节假日安排" in national().verdict(day("2020-01-30")).source
    assert "延长2020年春节假期" in national().verdict(day("2020-01-31")).source
