"""The fourth outage within sixty days opens a case; the sixty-first day does not."""

import pytest

from outages.models import OutageEvent
from tests.cast import at
from tests.governance.world import case_of, cut, cut_on, frequency_of, numbers
from tests.grid import Grid

pytestmark = pytest.mark.django_db


def test_three_are_near_and_open_nothing(network: Grid) -> None:
    cut_on(network.garden, "2026-08-01", "2026-08-11", "2026-08-21")
    found = frequency_of(network.garden)
    assert numbers(found) == (3, 3, 3)
    assert found.verdict == "near"
    assert case_of(network.garden) is None


def test_the_fourth_opens_a_case_with_its_evidence(network: Grid) -> None:
    outages = cut_on(
        network.garden, "2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31"
    )
    assert frequency_of(network.garden).verdict == "exceeded"
    case = case_of(network.garden)
    assert case.number.startswith("ZL-")
    assert case.region_id == network.garden.region_id
    assert case.status == "opened"
    assert case.findings == {
        "on": "2026-08-31",
        "rules": [
            {
                "key": "in_60_days",
                "name": "连续60天",
                "most": 3,
                "count": 4,
                "first": "2026-07-03",
                "last": "2026-08-31",
                "outages": [outage.number for outage in outages],
            }
        ],
    }
    event = OutageEvent.objects.get(reference=case.number)
    assert (event.action, event.by_role, event.before) == ("open", "system", "")
    assert event.payload["findings"] == case.findings


@pytest.mark.parametrize(
    ("first", "count"),
    [
        # 2026-08-31 is day 60 of a window that begins on 2026-07-03.
        ("2026-07-03T00:00:00", 4),
        ("2026-07-02T23:59:59", 3),
    ],
)
def test_the_window_holds_sixty_days_from_midnight_in_shanghai(
    network: Grid, first: str, count: int
) -> None:
    day, time = first.split("T")
    cut(network.garden, began=at(day, time))
    cut_on(network.garden, "2026-08-01", "2026-08-15")
    # 23:00 in Shanghai is 15:00 of the same day in Greenwich; 00:30 is the day before.
    cut(network.garden, began=at("2026-08-31", "00:30"))
    assert numbers(frequency_of(network.garden))[0] == count
    assert (case_of(network.garden) is not None) == (count == 4)


def test_one_day_may_hold_several_outages(network: Grid) -> None:
    for time in ("01:00", "05:00", "13:00", "22:00"):
        cut(network.garden, began=at("2026-08-31", time))
    assert case_of(network.garden).findings["rules"][0]["count"] == 4


def test_only_the_part_that_was_cut_is_counted(network: Grid) -> None:
    cut_on(network.garden, "2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
    assert frequency_of(network.school) is None
    assert frequency_of(network.youyi_one) is None
    assert case_of(network.youyi_one) is None
