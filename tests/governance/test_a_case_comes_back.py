"""Works that did not help: the case opens anew, from the observation or from 销号."""

import pytest

from outages.models import GovernanceCase, OutageEvent
from outages.services import frequency, governance
from tests.cast import at, sun
from tests.governance.world import case_of, count_again, cut, cut_on, exclude, observe
from tests.grid import Grid

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")


@pytest.fixture
def observed(network: Grid) -> GovernanceCase:
    """Return a case whose works are finished and found good."""
    cut_on(network.garden, "2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
    case = case_of(network.garden)
    observe(case, NOW)
    return case


def last(case: GovernanceCase) -> OutageEvent:
    return OutageEvent.objects.filter(reference=case.number).latest("seq")


def test_too_often_again_while_it_is_observed(
    network: Grid, observed: GovernanceCase
) -> None:
    cut(network.garden, began=at("2026-09-05"))
    case = case_of(network.garden)
    assert (case.status, case.reopened) == ("opened", 1)
    assert (case.works_done_at, case.inspection, case.measures) == (None, "", "")
    assert case.planned_on is None
    event = last(case)
    assert event.action == "reopen"
    # What did not help stays in the history.
    assert event.payload["measures"] == "更换老化电缆，加装分段开关"
    assert event.payload["planned_on"] == "2026-12-31"


def test_one_more_within_the_limits_reopens_nothing(
    network: Grid, observed: GovernanceCase
) -> None:
    cut(network.garden, began=at("2026-10-20"))
    assert case_of(network.garden).status == "observed"
    assert last(observed).action == "inspect"


def test_an_old_outage_judged_anew_does_not_speak_against_the_works(
    network: Grid,
) -> None:
    days = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-30", "2026-08-31")
    outages = cut_on(network.garden, *days)
    case = case_of(network.garden)
    observe(case, NOW)
    for judge in (exclude, count_again):
        judge(outages[0], at("2026-09-02"))
        case.refresh_from_db()
        assert case.status == "observed"
        assert last(case).action == "count"


def test_too_often_again_after_it_was_closed(
    network: Grid, observed: GovernanceCase
) -> None:
    governance.close(observed, by=sun(), at=at("2026-11-01"))
    cut_on(network.garden, "2026-11-02", "2026-11-05", "2026-11-08")
    case = case_of(network.garden)
    # The fifth to the seventh of the year: 365 days are over their limit.
    assert (case.status, case.reopened) == ("opened", 1)
    assert case.findings["on"] == "2026-11-05"
    assert [rule["key"] for rule in case.findings["rules"]] == ["in_365_days"]
    assert GovernanceCase.objects.count() == 1


def test_what_led_to_a_closed_case_does_not_reopen_it(
    network: Grid, observed: GovernanceCase
) -> None:
    governance.close(observed, by=sun(), at=at("2026-10-31", "00:00"))
    storm = cut(network.garden, began=at("2026-10-31", "01:00"))
    exclude(storm, at("2026-11-01"))
    count_again(storm, at("2026-11-02"))
    assert case_of(network.garden).status == "closed"


def test_the_night_changes_no_case(network: Grid, observed: GovernanceCase) -> None:
    before = last(observed).seq
    for day in ("2026-09-02", "2026-10-15", "2027-01-01", "2028-03-01"):
        frequency.slide_windows(at=at(day, "00:10"))
        frequency.rejudge(at=at(day, "03:47"))
    assert last(observed).seq == before
