"""不可抗力 and 外力破坏 are left out once two people agree; taken back, they count."""

import pytest

from outages.models import OutageEvent
from outages.services import judging
from tests.cast import at, sun
from tests.governance.world import (
    case_of,
    claim,
    count_again,
    cut_on,
    exclude,
    frequency_of,
    numbers,
)
from tests.grid import Grid, zhou

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")
FOUR = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")


def actions(reference: str) -> list[str]:
    events = OutageEvent.objects.filter(reference=reference).order_by("seq")
    return list(events.values_list("action", flat=True))


def test_a_claim_alone_changes_nothing(network: Grid) -> None:
    outages = cut_on(network.garden, *FOUR)
    claim(outages[1], NOW)
    assert numbers(frequency_of(network.garden)) == (4, 4, 4)
    judging.reject_exclusion(outages[1], by=zhou(), at=NOW)
    assert numbers(frequency_of(network.garden)) == (4, 4, 4)
    assert actions(case_of(network.garden).number) == ["open"]


def test_a_confirmed_exclusion_lifts_the_case(network: Grid) -> None:
    outages = cut_on(network.garden, *FOUR)
    exclude(outages[1], NOW)
    case = case_of(network.garden)
    assert numbers(frequency_of(network.garden)) == (3, 3, 3)
    assert (case.status, case.closed_at) == ("lifted", NOW)
    assert actions(case.number) == ["open", "lift"]


def test_taken_back_the_case_is_open_again(network: Grid) -> None:
    outages = cut_on(network.garden, *FOUR)
    exclude(outages[1], NOW)
    # 2026-09-20: today's window holds all four still.
    count_again(outages[1], at("2026-09-20"))
    case = case_of(network.garden)
    assert (case.status, case.closed_at, case.reopened) == ("opened", None, 1)
    assert actions(case.number) == ["open", "lift", "reopen"]


def test_taken_back_after_the_window_slid_the_excess_was_there_all_the_same(
    network: Grid,
) -> None:
    outages = cut_on(network.garden, *FOUR)
    exclude(outages[3], NOW)
    late = at("2026-10-10")
    count_again(outages[3], late)
    assert numbers(frequency_of(network.garden))[0] == 2
    assert case_of(network.garden).status == "opened"
    assert case_of(network.garden).findings["on"] == "2026-08-31"


def test_an_excess_of_long_ago_opens_nothing(network: Grid) -> None:
    outages = cut_on(network.garden, *FOUR)
    exclude(outages[3], NOW)
    count_again(outages[3], at("2026-12-01"))
    assert case_of(network.garden).status == "lifted"


def test_with_enough_others_the_case_stays_and_its_evidence_follows(
    network: Grid,
) -> None:
    outages = cut_on(network.garden, *FOUR, "2026-09-01")
    exclude(outages[0], at("2026-09-02"))
    case = case_of(network.garden)
    assert case.status == "opened"
    assert actions(case.number) == ["open", "count", "count"]
    assert case.findings["on"] == "2026-09-01"
    assert case.findings["rules"][0]["outages"] == [o.number for o in outages[1:]]


def test_everything_excluded_leaves_nothing_in_the_cache(network: Grid) -> None:
    (outage,) = cut_on(network.garden, "2026-08-31")
    exclude(outage, NOW)
    assert frequency_of(network.garden) is None


def test_that_time_passed_lifts_no_case(network: Grid) -> None:
    outages = cut_on(network.garden, *FOUR)
    # By November the window holds none of them; then one more is the storm's doing.
    (storm,) = cut_on(network.garden, "2026-11-20")
    exclude(storm, at("2026-11-21"))
    case = case_of(network.garden)
    assert case.status == "opened"
    assert case.findings["rules"][0]["outages"] == [o.number for o in outages]
    assert actions(case.number) == ["open"]


def test_an_unfit_cause_is_no_exclusion(network: Grid) -> None:
    outages = cut_on(network.garden, *FOUR)
    judging.classify(outages[0], cause="overload", by=sun(), at=NOW)
    assert case_of(network.garden).status == "opened"
