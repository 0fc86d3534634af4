"""A limit is a whole number from 1 to ten years, in one of three units."""

import pytest

from sla.engine import BadLimit, Limit


@pytest.mark.parametrize("unit", ["working_day", "calendar_day", "minute"])
def test_one_is_the_least(unit):
    assert Limit(1, unit).value == 1
    for value in (0, -1):
        with pytest.raises(BadLimit, match="正整数"):
            Limit(value, unit)


@pytest.mark.parametrize(
    ("unit", "most"),
    [("working_day", 3660), ("calendar_day", 3660), ("minute", 5_270_400)],
)
def test_ten_years_are_the_most(unit, most):
    assert Limit(most, unit).value == most
    with pytest.raises(BadLimit, match="时限过大"):
        Limit(most + 1, unit)


@pytest.mark.parametrize("value", [True, 1.0, "5", None, float("nan")])
def test_only_a_whole_number_is_taken(value):
    with pytest.raises(BadLimit, match="必须是整数"):
        Limit(value, "working_day")


@pytest.mark.parametrize("unit", ["day", "WORKING_DAY", "", None])
def test_another_unit_is_refused(unit):
    with pytest.raises(ValueError, match="不认识的时限单位"):
        Limit(5, unit)
