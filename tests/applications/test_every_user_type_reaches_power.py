"""Each user type walks its own road, and each stage is due when 附件2 says."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from applications.lifecycle import Status
from applications.models import Application
from applications.services import acceptance, planning, works
from applications.services.acceptance import Survey
from sla.ground.errors import Refused
from sla.models import Clock
from sla.services import reckonings
from sla.services.invariants import invariants
from sla.vocabulary import ClockState, Level, Stage, UserType
from tests import cast

pytestmark = pytest.mark.django_db

LINE = Survey(external_line=True)
IMPORTANT = Survey(important=True)

ROADS = [
    (cast.HOME, Survey(), UserType.THREE_ZERO, {}, 5),
    (cast.SHOP, LINE, UserType.THREE_ZERO_LINE, {}, 15),
    (
        cast.SCHOOL,
        Survey(),
        UserType.LOW_VOLTAGE,
        {Stage.ACCEPTANCE: 1, Stage.PLAN_REPLY: 3, Stage.CONNECTION: 2},
        6,
    ),
    (
        cast.FACTORY,
        Survey(),
        UserType.HIGH_VOLTAGE_SINGLE,
        {
            Stage.ACCEPTANCE: 1,
            Stage.PLAN_REPLY: 10,
            Stage.FINAL_INSPECTION: 3,
            Stage.CONNECTION: 3,
        },
        17,
    ),
    (
        cast.HOSPITAL,
        IMPORTANT,
        UserType.HIGH_VOLTAGE_DUAL,
        {
            Stage.ACCEPTANCE: 1,
            Stage.PLAN_REPLY: 20,
            Stage.DESIGN_REVIEW: 3,
            Stage.MID_INSPECTION: 2,
            Stage.FINAL_INSPECTION: 3,
            Stage.CONNECTION: 3,
        },
        32,
    ),
    (
        cast.DATA_CENTRE,
        Survey(),
        UserType.EXTRA_HIGH_SINGLE,
        {
            Stage.ACCEPTANCE: 1,
            Stage.PLAN_REPLY: 10,
            Stage.DESIGN_REVIEW: 3,
            Stage.MID_INSPECTION: 2,
            Stage.FINAL_INSPECTION: 3,
            Stage.CONNECTION: 3,
        },
        22,
    ),
]


def nth_working_day(start: date, days: int) -> date:
    """Count by the oracle, one date after the other."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= chinese_calendar.is_workday(day)
    return day


def archived_step_by_step(need: object, survey: Survey) -> Application:
    """Walk to the archive, one step every four days, across 国庆."""
    moment = cast.at("2026-09-15", "16:30")
    application = cast.submitted(need, moment=moment)  # type: ignore[arg-type]
    while application.status != Status.ARCHIVED:
        moment += timedelta(days=4)
        cast.step(application, moment, survey)
    return application


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


@pytest.mark.parametrize(
    ("need", "survey", "user_type", "limits", "total"),
    ROADS,
    ids=[str(road[2]) for road in ROADS],
)
def test_every_stage_is_due_when_annex_2_says(
    need: object,
    survey: Survey,
    user_type: UserType,
    limits: dict[Stage, int],
    total: int,
) -> None:
    application = archived_step_by_step(need, survey)
    assert application.user_type == user_type
    stages = Clock.objects.of(application.number).filter(
        kind="stage", level=Level.NATIONAL
    )
    assert {c.stage: c.limit_value for c in stages} == limits
    for clock in stages:
        assert clock.due_on == nth_working_day(
            local_day(clock.started_at), clock.limit_value
        )
    whole = Clock.objects.get(
        kind="total", reference=application.number, level=Level.NATIONAL
    )
    assert whole.limit_value == total
    assert whole.state in {ClockState.MET, ClockState.MISSED}


@pytest.mark.parametrize(
    "need", [cast.SCHOOL, cast.FACTORY, cast.DATA_CENTRE], ids=["LV", "HV", "35kV"]
)
def test_the_days_of_the_total_are_the_days_of_its_stages(need: object) -> None:
    application = archived_step_by_step(need, Survey())
    clocks = Clock.objects.of(application.number).filter(level=Level.NATIONAL)
    used = {
        clock: sum(
            chinese_calendar.is_workday(day)
            for day in days(clock.started_at, clock.stopped_at)
        )
        for clock in clocks.filter(kind="stage")
    }
    assert sum(used.values()) == used_by_total(clocks.get(kind="total"))


def days(start: datetime, stop: datetime | None) -> list[date]:
    assert stop is not None
    first, last = local_day(start), local_day(stop)
    return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]


def local_day(moment: datetime) -> date:
    return moment.astimezone(cast.SHANGHAI).date()


def used_by_total(clock: Clock) -> int:
    assert clock.stopped_at is not None
    return reckonings.of(clock, clock.stopped_at).used


def answered_with(application: Application, voltage: str) -> None:
    offer = replace(cast.offer_for(application), voltage=voltage)
    planning.reply_plan(application, by=cast.wang(), at=cast.NOW, offer=offer)


def total_limit(application: Application) -> int:
    return Clock.objects.get(reference=application.number, kind="total").limit_value


def test_a_plan_for_a_higher_voltage_adds_the_steps_of_that_voltage() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    assert total_limit(application) == 17

    answered_with(application, "35kV")

    assert application.user_type == UserType.EXTRA_HIGH_SINGLE
    assert application.voltage == "10kV", "what was asked for stays on record"
    assert total_limit(application) == 22
    assert application.events.latest("seq").payload["user_type"] == "extra_high_single"
    planning.object_plan(application, by=cast.chen(), at=cast.NOW, reason="路由太长")
    planning.take_objection(application, by=cast.wang(), at=cast.NOW)
    acceptance.set_external_line(
        application, by=cast.wang(), at=cast.NOW, reason="要新架线路"
    )
    assert application.user_type == UserType.EXTRA_HIGH_SINGLE
    answered_with(application, "110kV")
    seen = set()
    while application.status != Status.ARCHIVED:
        seen.add(application.status)
        cast.step(application, cast.NOW)
    assert {Status.DESIGN_REVIEW, Status.MID_INSPECTION} <= seen
    assert not [p.promise for p in invariants(cast.NOW) if p.broken]


def test_a_plan_for_a_lower_voltage_takes_them_away() -> None:
    application = cast.walk(Status.ACCEPTED, cast.DATA_CENTRE)
    assert total_limit(application) == 22

    answered_with(application, "10kV")

    assert application.user_type == UserType.HIGH_VOLTAGE_SINGLE
    assert total_limit(application) == 17
    planning.confirm_plan(application, by=cast.chen(), at=cast.NOW)
    with pytest.raises(Refused, match="不需要设计审查"):
        works.start_design(application, by=cast.chen(), at=cast.NOW, designer="某院")
