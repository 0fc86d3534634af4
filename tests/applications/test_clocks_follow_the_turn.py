"""The utility's clocks run on its own turn, pause for others, and end with the case."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from applications.lifecycle import Status, Turn
from applications.models import Application
from applications.services import (
    acceptance,
    acting,
    casework,
    connecting,
    planning,
    works,
)
from applications.services.acceptance import Survey
from applications.services.invariants import invariants as promises
from sla.ground.errors import Refused
from sla.models import Clock
from sla.services import invariants, statistics
from sla.services.statistics import Figures
from sla.vocabulary import ClockEventKind, ClockState, Stage, UserType
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


def stage_clock(application: Application, stage: Stage, turn: int = 1) -> Clock:
    return Clock.objects.get(
        kind="stage", reference=application.number, stage=stage, round=turn
    )


def total(application: Application) -> Clock:
    return Clock.objects.get(kind="total", reference=application.number)


def figures_of(application: Application, at: datetime) -> Figures:
    clocks = Clock.objects.of(str(application.number))
    return sum(statistics.table(clocks, "kind", at=at).values(), Figures())


def test_a_supplement_across_a_holiday_costs_the_utility_nothing() -> None:
    application = cast.submitted(cast.SCHOOL, moment=cast.at("2026-09-29"))
    acceptance.return_for_supplement(
        application,
        by=cast.wang(),
        at=cast.at("2026-09-29", "15:00"),
        missing=["property"],
    )
    assert application.turn is Turn.APPLICANT
    waiting = stage_clock(application, Stage.ACCEPTANCE)
    assert (waiting.state, waiting.due_at) == (ClockState.PAUSED, None)
    back = cast.at("2026-10-09")
    cast.hand_in(application, "property", by=cast.chen(), moment=back)
    acceptance.supplement(application, by=cast.chen(), at=back)
    clock = stage_clock(application, Stage.ACCEPTANCE)
    # Saturday 10 October is worked, so the one day left is that one.
    assert (clock.state, clock.due_on) == (ClockState.RUNNING, date(2026, 10, 10))


def test_three_zero_goes_on_while_the_applicant_thinks() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    assert application.turn is Turn.APPLICANT
    assert total(application).state == ClockState.RUNNING
    assert total(application).due_on == date(2026, 9, 8)


def test_an_external_line_found_on_site_gives_three_zero_fifteen_days() -> None:
    application = cast.submitted(cast.SHOP)
    assert total(application).limit_value == 5
    later = cast.at("2026-09-02")
    acceptance.set_external_line(
        application, by=cast.wang(), at=later, reason="台区满载，需新立杆架线"
    )
    clock = total(application)
    assert application.user_type == UserType.THREE_ZERO_LINE
    assert (clock.limit_value, clock.due_on) == (15, date(2026, 9, 21))
    change = clock.events.get(kind=ClockEventKind.EXTEND)
    assert change.reason == "台区满载，需新立杆架线"


def test_an_objection_starts_a_new_clock_that_goes_on_when_taken_in_hand() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    objected = cast.at("2026-09-03")
    planning.object_plan(
        application, by=cast.chen(), at=objected, reason="希望换一个电源点"
    )
    clock = stage_clock(application, Stage.PLAN_REPLY, 2)
    assert clock.started_at == objected
    planning.take_objection(application, by=cast.wang(), at=cast.at("2026-09-04"))
    assert stage_clock(application, Stage.PLAN_REPLY, 2).state == ClockState.RUNNING
    cast.step(application, cast.at("2026-09-07"))
    assert stage_clock(application, Stage.PLAN_REPLY, 2).state == ClockState.MET
    assert [plan.round for plan in application.plans.all()] == [1, 2]


def test_a_reinspection_after_defects_has_a_clock_of_its_own() -> None:
    application = cast.walk(Status.FINAL_INSPECTION, cast.FACTORY)
    works.fail_final_inspection(
        application, by=cast.wang(), at=cast.at("2026-09-03"), findings="接地电阻超标"
    )
    assert stage_clock(application, Stage.FINAL_INSPECTION).state == ClockState.MET
    cast.step(application, cast.at("2026-09-10"))
    again = stage_clock(application, Stage.FINAL_INSPECTION, 2)
    assert again.due_on == date(2026, 9, 15)


def test_a_permit_stops_the_utilitys_days_but_not_the_whole_process() -> None:
    survey = Survey(external_line=True)
    school = cast.walk(Status.ACCEPTED, cast.SCHOOL, survey=survey)
    shop = cast.walk(Status.ACCEPTED, cast.SHOP, survey=survey)
    for application in (school, shop):
        casework.wait_for_permit(
            application,
            by=cast.wang(),
            at=cast.at("2026-09-02"),
            authority="政务服务办",
        )
        assert application.turn is Turn.GOVERNMENT
    assert stage_clock(school, Stage.PLAN_REPLY).state == ClockState.PAUSED
    assert total(school).state == ClockState.PAUSED
    assert total(shop).state == ClockState.RUNNING
    casework.receive_permit(school, by=cast.wang(), at=cast.at("2026-09-09"))
    # One of three days was used on 2 September; two remain from the 9th.
    assert stage_clock(school, Stage.PLAN_REPLY).due_on == date(2026, 9, 11)
    assert total(school).state == ClockState.RUNNING


def test_a_step_is_refused_while_the_permit_is_pending() -> None:
    application = cast.walk(
        Status.ACCEPTED, cast.SCHOOL, survey=Survey(external_line=True)
    )
    casework.wait_for_permit(
        application, by=cast.wang(), at=cast.NOW, authority="政务服务办"
    )
    with pytest.raises(Refused, match="行政审批"):
        cast.step(application, cast.NOW)


def test_withdrawing_ends_every_clock_without_a_verdict() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    connecting.withdraw(application, by=cast.chen(), at=cast.NOW, reason="不建了")
    open_clocks = Clock.objects.of(application.number).open()
    assert list(open_clocks) == []
    assert stage_clock(application, Stage.PLAN_REPLY).state == ClockState.CANCELLED
    assert total(application).state == ClockState.CANCELLED


def test_withdrawing_while_papers_are_missing_ends_the_paused_clock_too() -> None:
    application = cast.submitted(cast.FACTORY)
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=cast.NOW, missing=["property"]
    )
    connecting.withdraw(application, by=cast.chen(), at=cast.NOW, reason="不建了")
    assert list(Clock.objects.of(application.number).open()) == []
    assert stage_clock(application, Stage.ACCEPTANCE).state == ClockState.CANCELLED


def test_refusing_is_an_answer_in_time_and_ends_the_whole() -> None:
    application = cast.submitted()
    acceptance.refuse(
        application,
        by=cast.wang(),
        at=cast.NOW,
        reason="小区配电设施未移交",
        next_step="请找区能源（电力）管理部门",
    )
    assert total(application).state == ClockState.CANCELLED
    assert Clock.objects.of(application.number).open().count() == 0


def test_a_plan_that_runs_out_ends_the_case() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    assert planning.expire_plans(at=cast.at("2026-12-01")) == 0
    assert planning.expire_plans(at=cast.at("2026-12-02")) == 1
    application.refresh_from_db()
    assert application.status == Status.EXPIRED
    assert total(application).state == ClockState.CANCELLED


def test_an_earlier_plan_that_was_extended_keeps_no_later_one_alive() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    owner, manager = cast.zhang(), cast.wang()
    planning.extend_plan(application, by=owner, at=cast.NOW)
    planning.object_plan(application, by=owner, at=cast.NOW, reason="太远")
    planning.take_objection(application, by=manager, at=cast.NOW)
    offer = cast.offer_for(application)
    planning.reply_plan(application, by=manager, at=cast.NOW, offer=offer)
    assert planning.expire_plans(at=cast.at("2026-12-01")) == 0
    assert planning.expire_plans(at=cast.at("2026-12-02")) == 1


def test_a_plan_that_is_withdrawn_meanwhile_does_not_keep_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast.walk(Status.PLAN_REPLIED)
    cast.walk(Status.PLAN_REPLIED)
    lock, later = acting.lock, cast.at("2026-12-02")

    def overtaken(application: Application) -> Application:
        monkeypatch.setattr(acting, "lock", lock)
        connecting.withdraw(application, by=cast.zhang(), at=later, reason="不建了")
        return lock(application)

    monkeypatch.setattr(acting, "lock", overtaken)
    assert planning.expire_plans(at=later) == 1


def test_a_plan_is_extended_once_and_in_time() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    plan = application.plans.get()
    assert plan.valid_until == date(2027, 9, 1)
    planning.extend_plan(application, by=cast.chen(), at=cast.at("2027-08-22"))
    plan.refresh_from_db()
    assert plan.valid_until == date(2028, 9, 1)
    with pytest.raises(Refused, match="只能延期一次"):
        planning.extend_plan(application, by=cast.chen(), at=cast.at("2027-08-22"))


def test_an_extension_asked_too_late_is_refused() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    with pytest.raises(Refused, match="到期前10日"):
        planning.extend_plan(application, by=cast.chen(), at=cast.at("2027-08-23"))


def test_a_waiting_grid_keeps_the_clock_running_in_its_own_bucket() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    upgrade = casework.Upgrade(
        project_name="友谊路冷库",
        project_address="友谊路12号",
        reason="线路重载",
        responsible_unit="城南公司",
        approved_by_name="赵班长",
        planned_on=date(2026, 12, 31),
    )
    casework.flag_grid_upgrade(
        application, by=cast.wang(), at=cast.NOW, upgrade=upgrade
    )
    clock = stage_clock(application, Stage.PLAN_REPLY)
    assert (clock.state, clock.exempt_reported) == (ClockState.RUNNING, True)
    casework.change_upgrade_date(
        application,
        by=cast.wang(),
        at=cast.NOW,
        planned_on=date(2027, 3, 31),
        reason="材料到货延迟",
    )
    dates = application.grid_upgrades.get().dates
    assert list(dates.values_list("planned_on", flat=True)) == [
        date(2026, 12, 31),
        date(2027, 3, 31),
    ]
    casework.clear_grid_upgrade(application, by=cast.wang(), at=cast.NOW)
    assert stage_clock(application, Stage.PLAN_REPLY).exempt_reported


def waiting_for_the_grid(planned_on: date = date(2027, 3, 31)) -> casework.Upgrade:
    return casework.Upgrade(
        project_name="友谊路冷库",
        project_address="友谊路12号",
        reason="线路重载",
        responsible_unit="城南公司",
        approved_by_name="赵班长",
        planned_on=planned_on,
    )


@pytest.mark.parametrize("flagged_at", [Status.SUBMITTED, Status.ACCEPTED])
def test_what_starts_after_the_report_is_in_its_bucket_too(flagged_at: Status) -> None:
    application = cast.walk(flagged_at, cast.FACTORY)
    casework.flag_grid_upgrade(
        application, by=cast.wang(), at=cast.NOW, upgrade=waiting_for_the_grid()
    )

    while application.status != Status.CONNECTING:
        cast.step(application, cast.NOW)

    connection = stage_clock(application, Stage.CONNECTION)
    assert connection.exempt_reported
    assert connection.events.get(kind="annotate").reason == "受限已报备"
    later = cast.at("2026-12-01")
    figures = figures_of(application, later)
    assert (figures.overdue, figures.exempt_open) == (0, 2)
    cast.step(application, later)
    figures = figures_of(application, later)
    assert (figures.met, figures.missed) == (flagged_at == Status.ACCEPTED, 0)
    assert not [p.promise for p in invariants.invariants(later) if p.broken]


def test_a_date_that_is_a_slip_of_the_pen_is_refused() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    for planned_on, sentence in (
        (date(9999, 12, 31), "请核对年份"),
        (date(2026, 9, 1), "应晚于今天"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            casework.flag_grid_upgrade(
                application,
                by=cast.wang(),
                at=cast.NOW,
                upgrade=waiting_for_the_grid(planned_on),
            )


@pytest.mark.parametrize(
    ("status", "closed_at", "promise"),
    [
        (Status.PLAN_REPLIED, None, "clock-follows-turn"),  # the applicant's turn
        (Status.CONNECTING, None, "clock-follows-turn"),  # ours, in another stage
        (Status.WITHDRAWN, cast.NOW, "clocks-end"),
    ],
    ids=["of another's turn", "of another stage", "of a closed case"],
)
def test_a_clock_that_went_its_own_way_is_found(
    status: Status, closed_at: datetime | None, promise: str
) -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    row = Application.objects.filter(pk=application.pk)
    row.update(status=status, closed_at=closed_at)
    broken = {found.name: found.broken for found in promises(cast.NOW)}
    assert broken[promise] == [str(application)]
