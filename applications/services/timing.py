"""Let the clocks of 附件2 follow the lifecycle."""

from datetime import datetime

from django.db.models import Max
from sla.engine import SHANGHAI

from applications.actors import Actor
from applications.lifecycle import STATUSES, Status, Turn
from applications.models import Application
from sla.models import Clock
from sla.services import clocks, policies
from sla.vocabulary import Level, Stage

STAGE = "stage"
TOTAL = "total"


def follow(
    application: Application, *, before: Status, by: Actor, at: datetime, reason: str
) -> None:
    """Start, pause, resume and stop the clocks that a change of status concerns."""
    left, entered = STATUSES[before].stage, application.stage
    if left is not None and left is not entered:
        _leave(application, left, by=by, at=at, reason=reason)
    if entered is not None and entered is not left:
        _enter(application, entered, before=before, by=by, at=at)
    _follow_total(application, before=before, by=by, at=at, reason=reason)


def _leave(
    application: Application, stage: Stage, *, by: Actor, at: datetime, reason: str
) -> None:
    reference, who = _reference(application), by.label()
    if application.status == Status.RETURNED:
        clocks.pause(
            reference=reference,
            kinds=[STAGE],
            stages=[stage],
            at=at,
            by=who,
            reason=reason,
        )
    elif application.status == Status.WITHDRAWN:
        clocks.cancel(
            reference=reference,
            kinds=[STAGE],
            stages=[stage],
            at=at,
            by=who,
            reason=reason,
        )
    else:
        clocks.stop(
            reference=reference,
            kinds=[STAGE],
            stages=[stage],
            at=at,
            by=who,
            reason=reason,
        )


def _enter(
    application: Application, stage: Stage, *, before: Status, by: Actor, at: datetime
) -> None:
    reference, who = _reference(application), by.label()
    if before == Status.RETURNED:
        clocks.resume(
            reference=reference,
            kinds=[STAGE],
            stages=[stage],
            at=at,
            by=who,
            reason="补正材料已收到",
        )
        return
    last = Clock.objects.filter(kind=STAGE, reference=reference, stage=stage).aggregate(
        last=Max("round")
    )["last"]
    clocks.start(
        kind=STAGE,
        reference=reference,
        region=application.region,
        user_type=application.user_type,
        stage=stage,
        at=at,
        by=who,
        round=(last or 0) + 1,
    )


def _follow_total(
    application: Application, *, before: Status, by: Actor, at: datetime, reason: str
) -> None:
    reference, who = _reference(application), by.label()
    match = {"reference": reference, "kinds": [TOTAL], "at": at, "by": who}
    if before == Status.DRAFT:
        clocks.start(
            kind=TOTAL,
            reference=reference,
            region=application.region,
            user_type=application.user_type,
            stage=Stage.TOTAL,
            at=at,
            by=who,
            limit=sum_of_stages(application, at),
        )
    elif application.status == Status.ENERGISED:
        clocks.stop(**match, reason=reason)
    elif application.facts.closed and application.status != Status.ARCHIVED:
        clocks.cancel(**match, reason=reason)
    elif not application.is_three_zero:
        # 5/15 is the whole process and goes on; 22/32 counts the utility's own days.
        _turn_total(application, before=before, reason=reason, match=match)


def _turn_total(
    application: Application, *, before: Status, reason: str, match: dict[str, object]
) -> None:
    was_ours = STATUSES[before].turn is Turn.UTILITY
    is_ours = application.facts.turn is Turn.UTILITY
    if was_ours and not is_ours:
        clocks.pause(**match, reason=reason)
    elif is_ours and not was_ours:
        clocks.resume(**match, reason=reason)


def sum_of_stages(application: Application, at: datetime) -> int | None:
    """Return the national sum of the limits of the stages that run, in working days.

    None for 三零, whose total is a limit of its own (附件2, note 2).
    """
    if application.is_three_zero:
        return None
    on = at.astimezone(SHANGHAI).date()
    total = 0
    for stage in application.route:
        limits = policies.limits_for(
            region=application.region,
            user_type=application.user_type,
            stage=stage,
            on=on,
        )
        total += sum(
            limit.value for limit in limits if limit.policy.level == Level.NATIONAL
        )
    return total or None


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
