"""From the plan to 销号: each step by who may do it; refusals say what is missing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from outages.models import GovernanceCase, OutageEvent
from outages.permissions import can
from outages.services import governance
from sla.ground.errors import OutOfOrder, Refused, Stale
from sla.models import Region
from tests.cast import HEPING, at, li, liu, sun, wang, zhao
from tests.governance.world import case_of, cut, cut_on, finish, observe, plan
from tests.grid import Grid, zhou

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")


@pytest.fixture
def case(network: Grid) -> GovernanceCase:
    """Return the case of 海河花园, cut four times in August."""
    cut_on(network.garden, "2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
    return case_of(network.garden)


def test_the_whole_road(case: GovernanceCase) -> None:
    plan(case, NOW, "2026-09-30")
    assert (case.status, case.responsible_id) == ("planned", sun().pk)
    plan(case, NOW, "2026-10-15")
    assert case.planned_on == date(2026, 10, 15)
    governance.start_works(case, by=zhao(), at=at("2026-09-02"), note="开工")
    governance.finish_works(case, by=zhao(), at=at("2026-09-10"))
    assert (case.status, case.works_done_at) == ("observed", at("2026-09-10"))
    governance.inspect(
        case, inspection="合格", passed=True, by=liu(), at=at("2026-09-11")
    )
    assert (case.inspected_at, case.inspection_passed) == (at("2026-09-11"), True)
    governance.note(case, text=" 已回访住户 ", by=sun(), at=at("2026-09-12"))
    governance.close(case, by=sun(), at=at("2026-11-09"))
    assert (case.status, case.closed_at) == ("closed", at("2026-11-09"))
    told = OutageEvent.objects.filter(reference=case.number).order_by("seq")
    assert [event.action for event in told] == [
        "open", "plan", "plan", "start_works", "finish_works", "inspect", "note",
        "close",
    ]  # fmt: skip
    assert told[6].note == "已回访住户"


def test_the_plan_wants_a_day_to_come(case: GovernanceCase) -> None:
    with pytest.raises(ValidationError) as refused:
        plan(case, NOW, "2026-08-31")
    assert refused.value.message_dict == {"planned_on": ["计划完成日期不能早于今天。"]}
    plan(case, NOW, "2026-09-01")


def test_the_plan_wants_measures(case: GovernanceCase) -> None:
    with pytest.raises(ValidationError) as refused:
        governance.plan(
            case, measures="  ", planned_on=date(2026, 9, 30), responsible=sun(),
            by=sun(), at=NOW,
        )  # fmt: skip
    assert refused.value.message_dict == {"measures": ["请写明治理措施。"]}
    with pytest.raises(ValidationError) as refused:
        governance.plan(
            case, measures="长" * 2001, planned_on=date(2026, 9, 30),
            responsible=sun(), by=sun(), at=NOW,
        )  # fmt: skip
    assert refused.value.message_dict == {"measures": ["最多写2000个字。"]}


@pytest.mark.parametrize("person", [wang, liu])
def test_the_plan_wants_somebody_who_can_act(case: GovernanceCase, person) -> None:
    with pytest.raises(ValidationError) as refused:
        governance.plan(
            case, measures="换线", planned_on=date(2026, 9, 30),
            responsible=person(), by=sun(), at=NOW,
        )  # fmt: skip
    assert list(refused.value.message_dict) == ["responsible"]


def test_a_supervisor_plans_in_his_own_districts_only(case: GovernanceCase) -> None:
    governance.plan(
        case, measures="换线", planned_on=date(2026, 9, 30), responsible=zhao(),
        by=zhao(), at=NOW,
    )  # fmt: skip
    zhao().districts.set(Region.objects.filter(pk=HEPING))
    with pytest.raises(Refused, match="超出您负责的区域"):
        governance.start_works(case, by=zhao(), at=NOW)
    with pytest.raises(ValidationError):
        governance.plan(
            case, measures="换线", planned_on=date(2026, 9, 30), responsible=zhao(),
            by=sun(), at=NOW,
        )  # fmt: skip


def test_nobody_skips_a_step_or_acts_for_the_system(case: GovernanceCase) -> None:
    with pytest.raises(OutOfOrder):
        governance.finish_works(case, by=sun(), at=NOW)
    with pytest.raises(OutOfOrder):
        governance.close(case, by=sun(), at=NOW)
    assert can("lift", case, by=sun(), at=NOW)[0] is False
    assert can("plan", case, by=li(), at=NOW)[0] is False


def test_a_page_that_was_overtaken_is_refused(case: GovernanceCase) -> None:
    plan(case, NOW, "2026-09-30")
    with pytest.raises(Stale):
        governance.start_works(case, by=sun(), at=NOW, seen=1)


def test_whoever_finished_the_works_does_not_inspect_them(
    case: GovernanceCase,
) -> None:
    finish(case, NOW)
    with pytest.raises(Refused, match="须由另一人办理"):
        governance.inspect(case, inspection="合格", passed=True, by=sun(), at=NOW)
    with pytest.raises(ValidationError, match="请写明检查情况"):
        governance.inspect(case, inspection="", passed=True, by=zhou(), at=NOW)
    governance.inspect(case, inspection="接头松", passed=False, by=zhou(), at=NOW)
    assert case.inspection_passed is False


def test_closing_before_the_inspection_says_so(case: GovernanceCase) -> None:
    finish(case, NOW)
    with pytest.raises(Refused) as refused:
        governance.close(case, by=sun(), at=at("2026-12-01"))
    assert refused.value.reason == (
        "现在不能销号：还没有现场检查。此后不再停电的话，最早2026年12月1日可以销号。"
    )
    governance.inspect(case, inspection="接头松", passed=False, by=zhou(), at=NOW)
    with pytest.raises(Refused, match="现场检查不合格，须整改后再次检查"):
        governance.close(case, by=sun(), at=at("2026-12-01"))


def test_closing_waits_for_sixty_clean_days(case: GovernanceCase) -> None:
    observe(case, NOW)
    with pytest.raises(Refused) as refused:
        governance.close(case, by=sun(), at=at("2026-10-30", "23:59:59"))
    assert refused.value.reason == (
        "现在不能销号：施工完成后须连续60天没有计入的停电，到2026年10月31日才满。"
        "此后不再停电的话，最早2026年10月31日可以销号。"
    )
    governance.close(case, by=sun(), at=at("2026-10-31", "00:00:00"))
    assert case.status == "closed"


def test_an_outage_after_the_works_begins_the_days_anew(
    network: Grid, case: GovernanceCase
) -> None:
    observe(case, NOW)
    # By 2026-10-15 only two others lie in sixty days: no limit is exceeded.
    cut(network.garden, began=at("2026-10-15"))
    case.refresh_from_db()
    assert case.status == "observed"
    with pytest.raises(Refused, match="到2026年12月14日才满"):
        governance.close(case, by=sun(), at=at("2026-11-01"))
    governance.close(case, by=sun(), at=at("2026-12-14"))


def test_closing_waits_until_the_year_is_within_its_limit(network: Grid) -> None:
    cut_on(
        network.garden, "2026-02-01", "2026-03-20", "2026-05-10", "2026-06-30",
        "2026-08-01", "2026-08-31",
    )  # fmt: skip
    case = case_of(network.garden)
    observe(case, NOW)
    with pytest.raises(Refused) as refused:
        governance.close(case, by=sun(), at=at("2026-11-09"))
    assert refused.value.reason == (
        "现在不能销号：停电次数仍然超标，到2027年2月1日才降到上限以内。"
        "此后不再停电的话，最早2027年2月1日可以销号。"
    )
    governance.close(case, by=sun(), at=at("2027-02-01"))
    assert case.status == "closed"
