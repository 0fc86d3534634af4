"""A file of history is counted as of the day it comes in; old excesses open nothing."""

import random
from datetime import date, timedelta

import pytest

from outages.models import Frequency, GovernanceCase, Outage
from outages.selectors.frequency import counts_on
from outages.services import outage_files
from outages.services.invariants.governance import invariants
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from tests.cast import at, sun
from tests.governance import oracle
from tests.governance.world import case_of, count_again, frequency_of, numbers
from tests.grid import Grid

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")
FOUR = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")


def record(row: int, day: date, code: str) -> OutageRecord:
    began = at(day.isoformat(), "10:00")
    return OutageRecord(
        row=row, kind="fault", reason="电缆故障", began_at=began,
        scope=(ScopePart("transformer", code),),
        restored_at=began + timedelta(hours=1), cause="equipment",
    )  # fmt: skip


def bring(code: str, *days: str, moment=NOW) -> list[Outage]:
    records = [
        record(row, date.fromisoformat(day), code)
        for row, day in enumerate(days, start=2)
    ]
    return list(outage_files.load(records, by=sun(), at=moment).outages)


def test_an_excess_of_today_opens_a_case(network: Grid) -> None:
    bring(network.garden.code, *FOUR)
    assert case_of(network.garden).opened_at == NOW
    assert numbers(frequency_of(network.garden)) == (4, 4, 4)


def test_an_excess_that_is_over_opens_nothing(network: Grid) -> None:
    outages = bring(network.garden.code, *FOUR, moment=at("2026-10-01"))
    assert numbers(frequency_of(network.garden)) == (3, 4, 4)
    assert case_of(network.garden) is None
    count_again(outages[0], at("2026-10-01"))
    assert case_of(network.garden) is None


def test_a_random_history_is_counted_as_the_oracle_counts(network: Grid) -> None:
    chance = random.Random(20260901)
    areas = {network.garden.code, network.school.code, network.market.code}
    days = {
        code: sorted(
            NOW.date() - timedelta(days=ago)
            for ago in chance.sample(range(1, 1200), 40)
        )
        for code in sorted(areas)
    }
    records = [
        record(row, day, code)
        for row, (day, code) in enumerate(
            ((day, code) for code, told in days.items() for day in told), start=2
        )
    ]
    outage_files.load(records, by=sun(), at=NOW)
    kept = {row.transformer.code: row for row in Frequency.objects.all()}
    for code, told in days.items():
        expected = oracle.counts(told, NOW.date())
        assert numbers(kept[code]) == tuple(expected.values())
    over = {
        code
        for code, told in days.items()
        if oracle.verdict(oracle.counts(told, NOW.date())) == "exceeded"
    }
    assert over
    assert {case.part.code for case in GovernanceCase.objects.all()} == over
    assert [one.name for one in invariants(NOW) if one.broken] == []


def test_the_past_can_be_asked_of_any_part(network: Grid) -> None:
    bring(network.village.code, "2026-08-01")
    day = date(2026, 8, 2)
    (line,) = counts_on(day, line_ids=[network.youyi_two.pk])
    assert line.level == "line"
    assert counts_on(day, transformer_ids=[network.square.pk]) == []
    assert len(counts_on(day)) == 2
