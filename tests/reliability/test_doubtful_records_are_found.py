"""Records that cannot be right are found, each by its own check, and only they."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outages.models import Interruption, Outage
from outages.selectors import reliability
from outages.services import quality
from tests.cast import HEXI, at
from tests.reliability.history import Town, cut, town

pytestmark = pytest.mark.django_db
NOW = at("2025-02-01", "12:00")
SINCE = at("2024-01-01", "00:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def place() -> Town:
    return town()


def found(check: str, since: datetime = SINCE) -> list[Interruption]:
    where = reliability.region(HEXI)
    rows = list(quality.doubtful(check, where, since=since, at=NOW).order_by("pk"))
    counted = quality.problems(where, since=since, at=NOW)
    assert counted[check] == len(rows)
    return rows


def test_nothing_is_doubted_in_a_clean_history(place: Town) -> None:
    cut(place.homes, at("2024-03-01"), HOUR)
    cut(place.homes, at("2024-03-01", "10:00"), HOUR)  # just after the first
    cut(place.shops, NOW - HOUR, cause="")

    assert set(quality.problems(reliability.region(HEXI), since=SINCE, at=NOW)) == set(
        quality.CHECKS
    )
    assert all(found(check) == [] for check in quality.CHECKS)


def test_one_that_began_while_its_area_was_out(place: Town) -> None:
    cut(place.homes, at("2024-03-01"), 10 * HOUR)
    cut(place.homes, at("2024-03-01", "10:00"), HOUR)
    second = cut(place.homes, at("2024-03-01", "12:00"), HOUR)
    cut(place.shops, at("2024-03-01", "12:00"), HOUR)

    assert second in found("overlap")
    assert len(found("overlap")) == 2


def test_an_overlap_with_what_began_before_the_span(place: Town) -> None:
    cut(place.homes, at("2023-12-31", "23:00"), 3 * HOUR)
    late = cut(place.homes, at("2024-01-01", "01:00"), HOUR)

    assert found("overlap") == [late]


def test_a_single_account_cut_within_an_area_is_no_overlap(place: Town) -> None:
    cut(place.homes, at("2024-03-01"), 3 * HOUR)
    cut(place.homes, at("2024-03-01", "10:00"), HOUR, whole=False, households=1)

    assert found("overlap") == []


@pytest.mark.parametrize(("days", "count"), [(2, 0), (4, 1)])
def test_not_restored_for_days(place: Town, days: int, count: int) -> None:
    cut(place.homes, NOW - timedelta(days=days))

    assert len(found("open")) == count


@pytest.mark.parametrize(
    ("lasted", "count"),
    [(0, 1), (1, 0), (60 * 86400, 0), (60 * 86400 + 1, 1)],
)
def test_lengths_nobody_believes(place: Town, lasted: int, count: int) -> None:
    cut(place.homes, at("2024-03-01"), timedelta(seconds=lasted))

    assert len(found("impossible")) == count


@pytest.mark.parametrize(
    ("households", "count"), [(300, 0), (241, 0), (239, 1), (361, 1), (359, 0)]
)
def test_households_unlike_the_network(
    place: Town, households: int, count: int
) -> None:
    cut(place.homes, NOW - timedelta(days=30), HOUR, households=households)

    assert len(found("households")) == count


def test_a_few_households_of_a_small_area_are_no_matter(place: Town) -> None:
    cut(place.factory, NOW - timedelta(days=30), HOUR, households=3)

    assert found("households") == []


@pytest.mark.parametrize(("minutes", "count"), [(29, 0), (30, 0), (31, 1)])
def test_begun_before_it_was_announced_to(
    place: Town, minutes: int, count: int
) -> None:
    row = cut(place.homes, at("2024-03-01"), HOUR, kind="planned")
    announced = at("2024-03-01") + timedelta(minutes=minutes)
    Outage.objects.filter(pk=row.outage_id).update(starts_at=announced)

    assert len(found("early")) == count


@pytest.mark.parametrize("cause", ["", "unknown"])
@pytest.mark.parametrize(("days", "count"), [(6, 0), (8, 1)])
def test_without_a_cause_for_days(
    place: Town, cause: str, days: int, count: int
) -> None:
    cut(place.homes, NOW - timedelta(days=days), HOUR, cause=cause)

    assert len(found("cause")) == count


def test_counting_costs_the_same_whatever_there_is(place: Town) -> None:
    where = reliability.region(HEXI)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            quality.problems(where, since=SINCE, at=NOW)
        return len(seen)

    before = cost()
    for day in range(1, 9):
        cut(place.homes, at(f"2024-03-0{day}"), 30 * HOUR)

    assert cost() == before == 2
