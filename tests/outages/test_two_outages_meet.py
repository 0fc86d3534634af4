"""What is out already is counted with the outage that cut it, and with no other."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.models import OutageEvent
from outages.services import running
from outages.vocabulary import OutageKind
from sla.ground.errors import Refused
from tests.cast import NOW
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    MARKET,
    SCHOOL,
    START,
    VILLAGE,
    ZHANG_HOME,
    announced,
    fault,
)

pytestmark = pytest.mark.django_db


def test_an_area_that_is_out_already_is_left_out_with_a_remark():
    net = grid()
    first = fault(GARDEN)

    second = fault(GARDEN, SCHOOL, moment=NOW + timedelta(hours=1))

    assert [row.transformer for row in second.interruptions.all()] == [net.school]
    assert second.households == 200
    event = OutageEvent.objects.get(reference=second.number, action="break_out")
    assert event.payload["left_out"] == ["T-YY1-01"]
    assert (
        event.payload["remark"] == f"T-YY1-01已在 {first.number} 中停电，不重复计入。"
    )


def test_when_nothing_remains_the_other_outage_is_named():
    grid()
    first = fault(GARDEN)

    with pytest.raises(Refused, match=first.number):
        fault(GARDEN, moment=NOW + timedelta(hours=1))


def test_a_line_that_is_out_already_is_not_counted_twice():
    net = grid()
    fault(LINE_ONE)

    second = fault(LINE_ONE, VILLAGE, moment=NOW + timedelta(hours=1))

    assert [row.line for row in second.line_interruptions.all()] == [net.youyi_two]


def test_a_line_cut_after_one_of_its_areas_counts_as_a_line():
    net = grid()
    fault(GARDEN)

    second = fault(LINE_ONE, moment=NOW + timedelta(hours=1))

    assert [row.line for row in second.line_interruptions.all()] == [net.youyi_one]
    assert second.households == 300


def test_a_beginning_before_the_last_restoration_is_refused():
    grid()
    first = fault(GARDEN)
    running.restore(first, by=zhou(), at=NOW + timedelta(hours=2))

    with pytest.raises(
        ValidationError, match=f"在 {first.number} 中到2026年9月1日11:00才复电"
    ):
        fault(GARDEN, moment=NOW + timedelta(hours=1), at=NOW + timedelta(hours=3))
    again = fault(GARDEN, moment=NOW + timedelta(hours=2))

    assert again.households == 300


def test_planned_works_begin_with_what_still_has_power():
    grid()
    works = announced(GARDEN, MARKET)
    running_fault = fault(MARKET, moment=START - timedelta(hours=1))

    running.begin(works, by=zhou(), at=START)
    running.restore(works, by=zhou(), at=END)

    assert works.households == 300
    assert running_fault.interruptions.get().restored_at is None


def test_an_area_is_cut_as_a_whole_though_one_account_in_it_is_out():
    grid()
    one_home = fault(ZHANG_HOME)
    assert one_home.interruptions.get().whole is False

    whole = fault(GARDEN, moment=NOW + timedelta(hours=1))

    assert whole.households == 300


def test_an_account_in_an_area_that_is_out_is_out_already():
    grid()
    fault(GARDEN)

    with pytest.raises(Refused, match="不能重复登记"):
        fault(ZHANG_HOME, moment=NOW + timedelta(hours=1))


def test_an_account_is_not_cut_twice_by_name():
    grid()
    first = fault(ZHANG_HOME)

    with pytest.raises(Refused, match=f"所选户号已在 {first.number} 中停电"):
        fault(ZHANG_HOME, moment=NOW + timedelta(hours=1))


def test_works_that_find_everything_out_are_not_begun():
    grid()
    works = announced(GARDEN, kind=OutageKind.PLANNED)
    fault(GARDEN, moment=START - timedelta(hours=1))

    with pytest.raises(Refused, match="不能重复登记"):
        running.begin(works, by=zhou(), at=START)
