"""一停多用: two works near each other are seen, and one draft takes in the other."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.lifecycles.outage import Status
from outages.models import OutageEvent
from outages.selectors import conflicts
from outages.services import announcing, drafting, network
from outages.services.drafting import Job
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind, ScopeLevel
from sla.ground.errors import OutOfOrder, Refused
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    SCHOOL,
    SQUARE,
    START,
    ZHANG_HOME,
    announced,
    approved,
    drafted,
    fault,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _second(apart: timedelta = 10 * DAY, hours: int = 4, *scope, **facts):
    start = END + apart
    return drafted(
        *(scope or (GARDEN,)), starts_at=start, ends_at=start + timedelta(hours=hours),
        **{"kind": OutageKind.TEMPORARY, "reason": "消缺"} | facts,
    )  # fmt: skip


def test_works_that_cut_the_same_people_twice_are_seen():
    grid()
    first = drafted(LINE_ONE)
    second = _second(10 * DAY, 12, GARDEN, SCHOOL)

    (found,) = conflicts.conflicts(first, at=NOW)

    assert (found.other, found.areas, found.households) == (second, 2, 500)
    assert found.apart == 10 * DAY
    assert (found.window.starts_at, found.window.ends_at) == (
        START,
        START + timedelta(hours=12),
    )
    assert found.mergeable is True
    assert found.sentence == (
        f"{second.number}（拟定）相隔10天，都要停海河花园台区、友谊小学台区，共500户。"
        "建议合并为一次：2026年9月9日09:00至2026年9月9日21:00。"
    )


@pytest.mark.parametrize(("apart", "seen"), [(60 * DAY, 1), (60 * DAY + DAY / 1440, 0)])
def test_sixty_days_apart_is_near_enough(apart, seen):
    grid()
    first = drafted()
    _second(apart)

    assert len(conflicts.conflicts(first, at=NOW)) == seen


def test_works_on_other_areas_or_faults_are_no_conflict():
    grid()
    first = drafted()
    _second(DAY, 4, SQUARE)
    fault(SCHOOL)

    assert conflicts.conflicts(first, at=NOW) == []
    assert conflicts.conflicts(drafted(starts_at=None, ends_at=None), at=NOW) == []


def test_single_accounts_of_one_area_meet_where_they_are_the_same():
    grid()
    home = drafted(ZHANG_HOME)
    neighbour = _second(10 * DAY, 4, ScopePart(ScopeLevel.ACCOUNT, "1200000002"))
    again = _second(20 * DAY, 4, ZHANG_HOME)
    garden = _second(30 * DAY, 4, GARDEN)

    found = [conflict.other for conflict in conflicts.conflicts(home, at=NOW)]

    assert found == [again, garden]
    assert neighbour not in found


def test_many_shared_areas_are_counted():
    net = grid()
    for number in range(3):
        drafted_area(net, number)
    first = drafted(LINE_ONE)
    _second(-(END - START), 8, LINE_ONE)

    (found,) = conflicts.conflicts(first, at=NOW)

    assert (
        "时间重叠，都要停海河花园台区、友谊小学台区、集贸市场台区等6个台区"
        in found.sentence
    )


def drafted_area(net, number):
    """Add one more area to the first line."""
    return network.add_transformer(
        code=f"T-YY1-1{number}",
        name=f"新台区{number}",
        line=net.youyi_one,
        households=5,
    )


def test_what_people_were_told_of_stays_where_it_is():
    grid()
    first = drafted()
    told = announced(
        GARDEN, starts_at=END + DAY, ends_at=END + DAY * 1.5, kind=OutageKind.TEMPORARY
    )

    (found,) = conflicts.conflicts(first, at=NOW)

    assert found.window.starts_at == told.starts_at
    assert found.mergeable is False


def test_a_window_that_cannot_be_told_in_time_is_not_proposed():
    grid()
    first = drafted()
    second = _second(DAY)

    (found,) = conflicts.conflicts(first, at=START - 6 * DAY)
    (late,) = conflicts.conflicts(first, at=START)

    assert found.window.starts_at == second.starts_at == late.window.starts_at


def test_one_draft_takes_in_the_other_with_its_works():
    grid()
    first = drafted(GARDEN, works=[Job("换变压器", "河西班")])
    second = _second(DAY, 4, SCHOOL, SQUARE)

    drafting.merge(first, into=second, starts_at=START, ends_at=END, by=zhou(), at=NOW)
    first.refresh_from_db()
    second.refresh_from_db()

    assert (first.status, first.merged_into) == (Status.CANCELLED, second)
    assert (second.households, second.starts_at) == (550, START)
    assert {work.content for work in second.works.all()} == {"换变压器", "消缺"}
    taken = OutageEvent.objects.get(reference=second.number, action="merge")
    assert taken.payload["merged"] == first.number


def test_an_outage_without_listed_works_is_remembered_by_its_reason():
    grid()
    first, second = drafted(), _second()

    drafting.merge(first, into=second, by=zhou(), at=NOW)

    assert {work.content for work in second.works.all()} == {"更换变压器", "消缺"}


def test_only_drafts_of_movable_works_are_merged():
    grid()
    first, second = drafted(), approved(SCHOOL)

    with pytest.raises(OutOfOrder, match="不能办理“并入其他工作”"):
        drafting.merge(first, into=second, by=zhou(), at=NOW)
    with pytest.raises(OutOfOrder, match="不能办理“并入其他工作”"):
        drafting.merge(second, into=first, by=zhou(), at=NOW)
    with pytest.raises(Refused, match="不能并入自己"):
        drafting.merge(first, into=first, by=zhou(), at=NOW)
    rationed = drafted(SCHOOL, kind=OutageKind.RATIONING)
    with pytest.raises(Refused, match="只有计划检修和临时检修"):
        drafting.merge(first, into=rationed, by=zhou(), at=NOW)


def test_a_common_window_that_cannot_be_is_refused_and_nothing_moves():
    grid()
    first, second = drafted(), _second()

    with pytest.raises(ValidationError, match="须晚于停电时间"):
        drafting.merge(first, into=second, ends_at=NOW + DAY, by=zhou(), at=NOW)
    first.refresh_from_db()

    assert first.status == Status.DRAFTED
    assert second.works.count() == 0


def test_who_merged_wrote_the_draft_and_cannot_approve_it():
    grid()
    first, second = drafted(), _second()
    drafting.merge(first, into=second, by=sun(), at=NOW)

    with pytest.raises(Refused, match="另一人批准"):
        announcing.approve(second, by=sun(), at=NOW)
