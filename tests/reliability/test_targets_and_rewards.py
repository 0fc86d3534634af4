"""Targets are judged exactly, and the table of rewards is a proposal at its edges."""

from fractions import Fraction

import pytest

from outages.indices import Indices, Sums
from outages.rules import read
from outages.selectors import targets

YEAR = 365 * 86400
BOOK = targets.in_force()


def supplied(per_cent: str, customers_off: int = 0) -> Indices:
    """Return indices of 100 000 customers with exactly this rate over a year."""
    lost = (100 - Fraction(per_cent)) * 100_000 * YEAR / 100
    assert lost.denominator == 1
    return Indices(100_000, YEAR, Sums(1, customers_off, int(lost)))


@pytest.mark.parametrize(
    ("rate", "met"), [("99.9", True), ("99.95", True), ("99.89999", False)]
)
def test_the_city_must_reach_its_rate(rate: str, met: bool) -> None:
    (rate_verdict, *_others) = targets.verdicts(supplied(rate), "urban", BOOK)

    assert rate_verdict.met is met
    assert rate_verdict.bound == "≥ 99.9 %"
    assert rate_verdict.source == "十项承诺 第一条"


@pytest.mark.parametrize(("times", "met"), [(100_000, True), (100_001, False)])
def test_once_a_year_means_once(times: int, met: bool) -> None:
    verdicts = targets.verdicts(supplied("99.99", times), "urban", BOOK)

    assert [v.met for v in verdicts if v.measure == "saifi"] == [met]
    if not met:
        assert [v.reached for v in verdicts if v.measure == "saifi"] == ["1.001 次/户"]


def test_remote_areas_have_no_target_and_no_reward() -> None:
    assert targets.verdicts(supplied("99"), "remote", BOOK) == []
    assert targets.reward(supplied("99"), "remote", BOOK) is None


def test_without_customers_nothing_is_judged() -> None:
    nobody = Indices(0, YEAR, Sums())

    assert {v.met for v in targets.verdicts(nobody, "urban", BOOK)} == {None}
    assert targets.reward(nobody, "urban", BOOK) is None


@pytest.mark.parametrize(
    ("rate", "points"),
    [
        ("99.95", 2), ("99.94999", 0), ("99.9", 0), ("99.89999", -1), ("99.85", -1),
        ("99.84999", -2), ("99.8", -2), ("99.79999", -4), ("90", -4),
    ],
)  # fmt: skip
def test_steps_begin_where_they_say(rate: str, points: int) -> None:
    found = targets.reward(supplied(rate), "urban", BOOK)

    assert found is not None
    assert found.points == points


def test_the_table_says_that_it_is_a_proposal() -> None:
    rewards = read("reliability")["rewards"]

    assert rewards["status"] == "试行，待主管部门确认"
    assert "建议值" in rewards["source"]


def test_a_table_with_a_floor_is_refused() -> None:
    book = {"targets": BOOK["targets"], "rewards": {"steps": [{"margin_at_least": 9}]}}

    with pytest.raises(ValueError, match="不能有下限"):
        targets.reward(supplied("99"), "urban", book)
