"""A recount asks a constant number of statements, however much lies in the past."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outages.models import Outage
from outages.selectors import governed
from outages.services import frequency, network
from tests.cast import at, sun
from tests.governance.world import cut, cut_on
from tests.grid import Grid

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")


def statements(outages: list[Outage]) -> int:
    with CaptureQueriesContext(connection) as captured:
        frequency.recount(outages, at=NOW)
    return len(captured)


def test_the_past_costs_nothing(grid_of_many: Grid) -> None:
    first = cut(grid_of_many.garden, began=at("2026-08-30"))
    few = statements([first])
    cut_on(grid_of_many.school, "2026-08-03", "2026-08-13")
    cut_on(grid_of_many.garden, "2026-08-30", time="15:00")
    assert statements([first]) == few <= 12


def test_many_parts_cost_as_few_statements_as_one(grid_of_many: Grid) -> None:
    one = statements([cut(grid_of_many.youyi_two, began=at("2026-08-30"))])
    many = statements([cut(grid_of_many.youyi_one, began=at("2026-08-31"))])
    assert many == one


def test_arrears_and_nothing_at_all_ask_nothing() -> None:
    assert statements([]) <= 2
    assert statements([Outage(kind="arrears")]) <= 2


def test_a_list_of_cases_costs_the_same_at_any_length(network: Grid) -> None:
    days = ("2026-08-01", "2026-08-02", "2026-08-03", "2026-08-04")

    by = sun()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert governed.lines(governed.reach(by), at=NOW)
        return len(captured)

    cut_on(network.garden, *days)
    few = cost()
    cut_on(network.youyi_two, *days)
    cut_on(network.square, *days)
    assert cost() == few == 1


@pytest.fixture
def grid_of_many(network: Grid) -> Grid:
    """Return the network with twenty more areas on 友谊一线."""
    add(network, 20)
    return network


def add(grid: Grid, number: int) -> None:
    for n in range(number):
        network.add_transformer(
            code=f"T-MORE-{n:02d}", name=f"新村{n}台区", line=grid.youyi_one,
            households=10,
        )  # fmt: skip
