"""check_invariants reckons published figures anew from their own numbers."""

from copy import deepcopy
from datetime import timedelta

import pytest

from outages.models import ReliabilityYear
from outages.services import publication
from outages.services.invariants import reliability
from tests.cast import at, sun
from tests.reliability.history import cut, town

pytestmark = pytest.mark.django_db
NOW = at("2025-02-01", "12:00")


@pytest.fixture
def row() -> ReliabilityYear:
    place = town()
    cut(place.homes, at("2024-03-01"), timedelta(hours=2))
    cut(place.square, at("2024-03-31", "23:00"), timedelta(hours=2), kind="planned")
    return publication.publish(2024, city="120000", by=sun(), at=NOW)[0]


def broken() -> set[str]:
    return {each.name for each in reliability.invariants(NOW) if each.broken}


def copy(row: ReliabilityYear, **changes) -> None:
    facts = {
        "region_id": row.region_id, "year": 2024, "edition": 2, "reason": "更正",
        "figures": deepcopy(row.figures), "published_at": NOW,
    }  # fmt: skip
    ReliabilityYear.objects.create(**facts | changes)


def test_what_the_service_published_keeps_every_promise(
    row: ReliabilityYear,
) -> None:
    assert broken() == set()


def test_a_figure_that_does_not_follow_from_its_numbers(
    row: ReliabilityYear,
) -> None:
    figures = deepcopy(row.figures)
    figures["levels"]["low"]["variants"]["1"]["asai_percent"] = 100.0
    copy(row, figures=figures)

    assert broken() == {"reliability-divides"}


def test_months_that_do_not_add_up(row: ReliabilityYear) -> None:
    figures = deepcopy(row.figures)
    figures["levels"]["low"]["by_month"].pop(2)
    copy(row, figures=figures)

    assert broken() == {"reliability-adds-up"}


@pytest.mark.parametrize(
    ("changes", "promise"),
    [
        ({"published_at": at("2024-12-31", "23:59")}, "reliability-after-its-year"),
        ({"published_at": NOW + timedelta(days=1)}, "reliability-after-its-year"),
        ({"edition": 3}, "reliability-editions"),
        ({"reason": ""}, "reliability-reasons"),
    ],
)
def test_editions_out_of_order(row: ReliabilityYear, changes, promise: str) -> None:
    copy(row, **changes)

    assert broken() == {promise}


@pytest.mark.parametrize("figures", [{}, {"levels": {"city": 5}}, [1]])
def test_figures_that_are_none_are_named(row: ReliabilityYear, figures: object) -> None:
    copy(row, figures=figures)
    assert broken() == {"reliability-divides", "reliability-adds-up"}
