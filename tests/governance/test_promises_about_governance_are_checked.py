"""``check_invariants`` finds a wrong count, a case that is missing, or has no cause."""

import pytest

from outages.models import Frequency, GovernanceCase, OutageEvent
from outages.services import governance
from outages.services.invariants.governance import invariants
from tests.cast import at, sun
from tests.governance.world import (
    case_of,
    count_again,
    cut,
    cut_on,
    exclude,
    observe,
)
from tests.grid import Grid

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")


def broken(moment=NOW) -> dict[str, list[str]]:
    return {one.name: one.broken for one in invariants(moment) if one.broken}


@pytest.fixture
def case(network: Grid) -> GovernanceCase:
    """Return the case of 海河花园, with a line counted beside it."""
    cut_on(network.garden, "2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
    cut_on(network.youyi_two, "2026-08-31")
    return case_of(network.garden)


def test_nothing_is_broken_on_the_way(network: Grid, case: GovernanceCase) -> None:
    assert broken() == {}
    observe(case, NOW)
    assert broken() == {}
    governance.close(case, by=sun(), at=at("2026-10-31"))
    assert broken(at("2026-11-01")) == {}
    storm = cut(network.garden, began=at("2026-11-05"))
    exclude(storm, at("2026-11-06"))
    count_again(storm, at("2026-11-07"))
    assert broken(at("2026-11-08")) == {}


@pytest.mark.parametrize(
    "wrong", [{"in_60_days": 3}, {"verdict": "calm"}, {"as_of": "2026-12-01"}]
)
def test_a_wrong_count_is_found(case: GovernanceCase, wrong) -> None:
    rows = Frequency.objects.filter(transformer=case.transformer)
    rows.update(**wrong)
    assert broken() == {"frequency-cache": [str(rows.get())]}


def test_counts_of_nothing_are_found(case: GovernanceCase) -> None:
    Frequency.objects.all().update(as_of="2024-01-01")
    assert len(broken()["frequency-cache"]) == 3


def test_a_missing_count_is_found(network: Grid, case: GovernanceCase) -> None:
    Frequency.objects.filter(line=network.youyi_two).delete()
    assert broken() == {"frequency-cache": [f"线路 {network.youyi_two.pk}：没有频次"]}


def test_an_excess_without_its_case_is_found(case: GovernanceCase) -> None:
    GovernanceCase.objects.update(status="lifted", closed_at=NOW)
    found = broken()
    assert found["frequency-case"] == [f"台区 {case.transformer_id}"]
    assert found["governance-status"] == [case.number]


@pytest.mark.parametrize("findings", [{"on": "2026-09-01"}, {}, {"on": 5}, [1]])
def test_a_case_without_its_cause_is_found(case: GovernanceCase, findings) -> None:
    GovernanceCase.objects.update(findings=findings)
    assert broken() == {"case-cause": [case.number]}


def test_a_case_without_history_is_found(case: GovernanceCase) -> None:
    GovernanceCase.objects.update(number="ZL-0000")
    # The row has no history, and the history no row.
    assert broken() == {"governance-status": ["ZL-0000", case.number]}


def test_a_forged_event_is_found(case: GovernanceCase) -> None:
    event = OutageEvent.objects.get(reference=case.number)
    OutageEvent(
        subject="governance", reference=case.number, seq=3, at=NOW, by_label="系统",
        by_role="system", action="start_works", before="opened", after="in_works",
        previous_hash=event.hash,
    ).save()  # fmt: skip
    OutageEvent(
        subject="governance", reference="ZL-1", seq=1, at=NOW, by_label="系统",
        by_role="system", action="close", before="observed", after="closed",
        previous_hash="",
    ).save()  # fmt: skip
    found = broken()
    assert found["governance-chain"] == [
        "ZL-1 #1 close",
        f"{case.number} #3 start_works",
    ]
    assert found["governance-walk"] == [
        "ZL-1 #1 close",
        f"{case.number} #3 start_works",
    ]
    assert found["governance-status"] == [case.number, "ZL-1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"inspection_passed": False},
        {"works_done_at": None},
        {"works_done_at": at("2026-09-02")},
    ],
)
def test_a_case_closed_too_early_is_found(case: GovernanceCase, wrong) -> None:
    observe(case, NOW)
    governance.close(case, by=sun(), at=at("2026-10-31"))
    GovernanceCase.objects.update(**wrong)
    assert broken(at("2026-11-01")) == {"case-closed-clean": [case.number]}


def test_an_outage_within_the_clean_days_is_found(
    network: Grid, case: GovernanceCase
) -> None:
    observe(case, NOW)
    cut(network.garden, began=at("2026-10-15"))
    GovernanceCase.objects.update(status="closed", closed_at=at("2026-10-31"))
    assert broken(at("2026-11-03"))["case-closed-clean"] == [case.number]


def test_an_outage_told_after_the_closing_is_nobodys_fault(
    network: Grid, case: GovernanceCase
) -> None:
    observe(case, NOW)
    governance.close(case, by=sun(), at=at("2026-10-31"))
    cut(network.garden, began=at("2026-10-31", "08:30"), told=at("2026-10-31", "09:30"))
    assert broken(at("2026-11-03")) == {}
