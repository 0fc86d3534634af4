"""Counts of a new day are the same, whether every night was kept or some missed."""

import pytest
import time_machine

from outages.models import Frequency, GovernanceCase
from outages.services import frequency
from outages.tasks import rejudge, slide_windows
from tests.cast import at
from tests.governance.world import cut_on, frequency_of, numbers
from tests.grid import Grid

pytestmark = pytest.mark.django_db
DAYS = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")


def kept() -> list[tuple[object, ...]]:
    rows = Frequency.objects.order_by("line", "transformer")
    return list(
        rows.values_list(
            "line", "transformer", "as_of", "in_60_days", "in_365_days",
            "in_this_year", "verdict",
        )
    )  # fmt: skip


def test_a_day_leaves_its_window_at_midnight(network: Grid) -> None:
    cut_on(network.garden, *DAYS)
    with time_machine.travel(at("2026-09-29", "23:59:59"), tick=False):
        slide_windows()
    assert numbers(frequency_of(network.garden)) == (4, 4, 4)
    with time_machine.travel(at("2026-09-30", "00:10"), tick=False):
        slide_windows()
        slide_windows()
    found = frequency_of(network.garden)
    assert numbers(found) == (3, 4, 4)
    assert found.verdict == "near"


def test_a_night_is_done_once(network: Grid) -> None:
    cut_on(network.garden, *DAYS)
    cut_on(network.youyi_two, "2026-08-31")
    assert frequency.slide_windows(at=at("2026-09-01", "00:10")) == 3
    assert frequency.slide_windows(at=at("2026-09-01", "00:20")) == 0


def test_missed_nights_change_nothing(network: Grid) -> None:
    cut_on(network.garden, *DAYS)
    cut_on(network.youyi_one, "2026-09-10", "2026-09-20")
    for day in range(21, 31):
        frequency.slide_windows(at=at(f"2026-09-{day}", "00:10"))
    every_night = kept()
    Frequency.objects.all().update(as_of="2026-09-20", in_60_days=9, verdict="near")
    frequency.slide_windows(at=at("2026-09-30", "00:10"))
    assert kept() == every_night


def test_after_a_year_nothing_is_kept(network: Grid) -> None:
    cut_on(network.garden, *DAYS)
    frequency.slide_windows(at=at("2027-08-31", "00:10"))
    assert kept() == []


def test_judging_all_anew_finds_what_was_never_counted(network: Grid) -> None:
    cut_on(network.garden, *DAYS)
    expected = kept()
    Frequency.objects.all().delete()
    with time_machine.travel(at("2026-08-31", "23:00"), tick=False):
        rejudge()
    assert kept() == expected
    assert frequency.rejudge(at=at("2028-08-31")) == 1
    assert kept() == []
    assert GovernanceCase.objects.open().count() == 1
