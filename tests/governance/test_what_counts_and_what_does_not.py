"""An outage of a 台区 or line counts; one of a household, or for arrears, does not."""

import pytest

from outages.models import Frequency, Outage
from outages.services import announcing, drafting, running
from outages.vocabulary import OutageKind
from tests.cast import at, sun
from tests.governance.world import (
    case_of,
    cut,
    cut_on,
    frequency_of,
    numbers,
    part_of,
)
from tests.grid import Grid, zhou

pytestmark = pytest.mark.django_db


def announced(network: Grid, kind: str) -> Outage:
    outage = drafting.draft(
        kind=kind, reason="检修", scope=[part_of(network.garden)],
        starts_at=at("2026-09-01"), ends_at=at("2026-09-01", "11:00"),
        by=sun(), at=at("2026-08-20"),
    )  # fmt: skip
    announcing.approve(outage, by=zhou(), at=at("2026-08-20"))
    announcing.announce(outage, by=zhou(), at=at("2026-08-20"))
    return outage


@pytest.mark.parametrize("kind", ["planned", "temporary", "rationing"])
def test_an_announced_outage_counts_once_it_began(network: Grid, kind: str) -> None:
    assert kind in OutageKind.values
    outage = announced(network, kind)
    assert frequency_of(network.garden) is None
    running.begin(outage, by=sun(), at=at("2026-09-01"))
    assert numbers(frequency_of(network.garden)) == (1, 1, 1)


def test_a_cancelled_outage_does_not_count(network: Grid) -> None:
    outage = announced(network, "planned")
    announcing.cancel(outage, reason="改期", by=sun(), at=at("2026-08-30"))
    assert frequency_of(network.garden) is None


def test_single_households_count_against_nobody(network: Grid) -> None:
    for day in ("2026-08-01", "2026-08-08", "2026-08-15", "2026-08-22"):
        cut(network.zhang_home, began=at(day))
    assert not Frequency.objects.exists()
    assert case_of(network.garden) is None


def test_a_line_counts_when_it_is_cut_as_a_whole(network: Grid) -> None:
    cut_on(network.youyi_one, "2026-08-01")
    cut(network.garden, network.school, network.market, began=at("2026-08-02"))
    cut(network.garden, network.school, began=at("2026-08-03"))
    assert numbers(frequency_of(network.youyi_one)) == (2, 2, 2)
    assert numbers(frequency_of(network.garden)) == (3, 3, 3)
    assert numbers(frequency_of(network.market)) == (2, 2, 2)


def test_a_line_gets_a_case_of_its_own(network: Grid) -> None:
    cut_on(network.youyi_one, "2026-08-01", "2026-08-08", "2026-08-15", "2026-08-22")
    assert case_of(network.youyi_one).line_id == network.youyi_one.pk
    assert case_of(network.garden).transformer_id == network.garden.pk
    assert case_of(network.youyi_two) is None
