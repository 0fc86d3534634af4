"""Let the clocks of 附件2 follow the lifecycle."""

from datetime import datetime

from applications.lifecycle import STATUSES, Status, Turn
from applications.models import Application
from sla.engine import day_of
from sla.ground.actors import Actor
from sla.models import Clock
from sla.services import clocks, moves, policies
from sla.services.clocks import Start
from sla.services.moves import Step
from sla.vocabulary import ClockEventKind as Kind
from sla.vocabulary import Stage

STAGE = "stage"
TOTAL = "total"
REPORTED = "受限已报备"


def follow(
    application: Application, *, before: Status, by: Actor, at: datetime, reason: str
) -> None:
    """Start, pause, resume and stop the clocks that a change of status concerns."""
    left, entered = STATUSES[before].stage, application.stage
    steps = _steps(application, before, reason)
    moved: list[Clock] = []
    if steps:
        moved = moves.move(
            reference=_reference(application), steps=steps, at=at, by=by.label()
        )
    starts: list[Start] = []
    if entered is not None and entered is not left and before != Status.RETURNED:
        starts.append(_start_of(entered, application, before))
    if before == Status.DRAFT:
        starts.append(Start(TOTAL, Stage.TOTAL, limit=sum_of_stages(application, at)))
    if starts:
        clocks.begin(
            starts,
            reference=_reference(application),
            region=_region(application),
            user_type=application.user_type,
            at=at,
            by=by.label(),
            # What waits for the grid goes on waiting in its later stages; that it was
            # reported is known from the clocks it has open.
            exempt=REPORTED if any(clock.exempt_reported for clock in moved) else "",
        )


def _steps(application: Application, before: Status, reason: str) -> list[Step]:
    """Return what happens to the clocks that there are."""
    left, entered = STATUSES[before].stage, application.stage
    steps: list[Step] = []
    if application.status == Status.WITHDRAWN:
        # Whichever there is: one may be paused, for papers that will never come.
        steps.append(Step(Kind.CANCEL, reason, [STAGE]))
    elif left is not None and left is not entered:
        paused = application.status == Status.RETURNED
        steps.append(Step(Kind.PAUSE if paused else Kind.STOP, reason, [STAGE], [left]))
    if before == Status.RETURNED and entered is not None:
        steps.append(Step(Kind.RESUME, "补正材料已收到", [STAGE], [entered]))
    act_on_total = _act_on_total(application, before)
    if act_on_total is not None:
        steps.append(Step(act_on_total, reason, [TOTAL]))
    return steps


def _start_of(stage: Stage, application: Application, before: Status) -> Start:
    if before == Status.DRAFT:
        return Start(STAGE, stage)
    reference = _reference(application)
    times = clocks.next_round(reference=reference, kind=STAGE, stage=stage)
    return Start(STAGE, stage, times)


def _act_on_total(application: Application, before: Status) -> Kind | None:
    if before == Status.DRAFT:
        return None
    if application.status == Status.ENERGISED:
        return Kind.STOP
    if application.facts.closed and application.status != Status.ARCHIVED:
        return Kind.CANCEL
    if application.is_three_zero:
        # 5/15 is the whole process and goes on; 22/32 counts the utility's own days.
        return None
    was_ours = STATUSES[before].turn is Turn.UTILITY
    is_ours = application.facts.turn is Turn.UTILITY
    if was_ours and not is_ours:
        return Kind.PAUSE
    return Kind.RESUME if is_ours and not was_ours else None


def sum_of_stages(application: Application, at: datetime) -> int | None:
    """Return the national sum of the limits of the stages that run, in working days.

    None for 三零, whose total is a limit of its own (附件2, note 2).
    """
    if application.is_three_zero:
        return None
    return policies.national_sum(
        region=_region(application),
        user_type=application.user_type,
        stages=application.route,
        on=day_of(at),
    )


def refit_total(
    application: Application, *, by: Actor, at: datetime, reason: str
) -> None:
    """Change the limit of the total clock after the route or the user type changed."""
    assert application.submitted_at is not None
    clocks.extend(
        reference=_reference(application),
        kind=TOTAL,
        stage=Stage.TOTAL,
        value=sum_of_stages(application, application.submitted_at),
        user_type=application.user_type,
        at=at,
        by=by.label(),
        reason=reason,
    )


def pause_for_permit(
    application: Application, *, by: Actor, at: datetime, reason: str
) -> None:
    """Stop counting the utility's days while the government decides."""
    clocks.pause(
        reference=_reference(application),
        kinds=_pausable(application),
        at=at,
        by=by.label(),
        reason=reason,
    )


def resume_after_permit(
    application: Application, *, by: Actor, at: datetime, reason: str
) -> None:
    """Count the utility's days again."""
    clocks.resume(
        reference=_reference(application),
        kinds=_pausable(application),
        at=at,
        by=by.label(),
        reason=reason,
    )


def _pausable(application: Application) -> list[str]:
    return [STAGE] if application.is_three_zero else [STAGE, TOTAL]


def _reference(application: Application) -> str:
    assert application.number is not None, "a draft has no clocks"
    return application.number


def _region(application: Application) -> str:
    assert application.region_id is not None, "a draft has no clocks"
    return application.region_id
