"""Where a clock stands and why: its ledger replayed, and told to people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sla.engine import SHANGHAI, Reckoning
from sla.engine.days import PAUSED
from sla.models import Clock, ClockEvent, PolicyLimit
from sla.services import calendars, ledger
from sla.vocabulary import Measure, Unit
from sla.words import full_day, length, listed, strung, weekday


def of(clock: Clock, at: datetime) -> Reckoning:
    """Replay a clock's ledger through the engine, with the calendar it is pinned to."""
    return replay(clock, list(clock.events.order_by("seq")), at)


def replay(clock: Clock, events: Sequence[ClockEvent], at: datetime) -> Reckoning:
    """Do what `of` does with a ledger that was read already."""
    calendar = calendars.edition(clock.calendar_version)
    return ledger.reckoned(events, calendar, at)


def explain(
    clock: Clock, at: datetime, events: Iterable[ClockEvent] | None = None
) -> dict[str, Any]:
    """Say why the due date is what it is, for pages and the API.

    Gives sentence, limit, source, dates, used and remaining units, the day ledger (each
    date with its verdict), pauses and what changed on the way. Three queries at most.
    """
    rows = list(clock.events.order_by("seq") if events is None else events)
    result = replay(clock, rows, at)
    due_at = clock.due_at.astimezone(SHANGHAI) if clock.due_at else None
    return {
        "reference": clock.reference,
        "stage": clock.stage,
        "stage_label": str(clock.get_stage_display()),
        "level": clock.level,
        "level_label": str(clock.get_level_display()),
        "round": clock.round,
        "state": clock.state,
        "state_label": str(clock.get_state_display()),
        "tone": clock.tone_at(at),
        "limit": _limit(clock),
        "source": _source(clock.policy_limit),
        "started_at": result.started_at,
        "started_on": result.started_on,
        "due_at": due_at,
        "due_on": clock.due_on,
        "stopped_at": result.stopped_at,
        "used": result.used,
        "remaining": result.remaining,
        "overdue": clock.breached_at is not None or result.overdue,
        "overdue_by": result.overdue_by,
        "provisional": clock.provisional,
        "exempt_reported": clock.exempt_reported,
        "calendar_version": clock.calendar_version,
        "sentence": sentence(clock, result),
        "ledger": [
            {
                "date": entry.date,
                "weekday": weekday(entry.date),
                "verdict": entry.verdict,
                "counted": entry.counted,
                "note": entry.note,
            }
            for entry in result.ledger
        ],
        "pauses": [
            {"from": span.start_on, "to": span.end_on, "reason": span.reason}
            for span in result.paused_spans
        ],
        "events": [_told(event) for event in rows],
    }


def _limit(clock: Clock) -> dict[str, Any]:
    measure = clock.policy_limit.measure if clock.policy_limit else ""
    return {
        "value": clock.limit_value,
        "unit": clock.limit_unit,
        "label": length(clock.limit_value, clock.limit_unit),
        "measure": measure,
        "measure_label": str(Measure(measure).label) if measure else "",
        "summed": clock.limit_summed,
    }


def _source(limit: PolicyLimit | None) -> dict[str, str] | None:
    if limit is None:
        return None
    policy = limit.policy
    return {
        "title": policy.title,
        "document": policy.source,
        "clause": limit.clause or policy.clause,
        "note": limit.note,
        "policy_note": policy.note,
    }


def _told(event: ClockEvent) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at.astimezone(SHANGHAI),
        "kind": event.kind,
        "label": str(event.get_kind_display()),
        "reason": event.reason,
        "by": event.by,
        "value": event.value,
        "payload": event.payload,
    }


def sentence(clock: Clock, result: Reckoning) -> str:
    """Say in one sentence from when to when, and what was left out."""
    limit, start = length(clock.limit_value, clock.limit_unit), result.started_on
    if clock.due_on is None:
        return _("自%(start)s起算，时限%(limit)s；现在暂停，恢复后重新推算。") % {
            "start": full_day(start),
            "limit": limit,
        }
    if clock.limit_unit == Unit.MINUTE:
        return _("自%(start)s起算，时限%(limit)s，昼夜连续计算。") % {
            "start": full_day(start),
            "limit": limit,
        }
    parts = [
        _("%(start)s当日不计，%(limit)s止于%(due)s")
        % {"start": full_day(start), "limit": limit, "due": full_day(clock.due_on)}
    ]
    paused = sum(entry.verdict == PAUSED for entry in result.ledger)
    rest = sum(not entry.counted for entry in result.ledger) - paused
    skipped = [
        words
        for days, words in (
            (rest, ngettext("周末和节假日%d天", "周末和节假日%d天", rest) % rest),
            (paused, ngettext("暂停%d天", "暂停%d天", paused) % paused),
        )
        if days
    ]
    if skipped:
        parts.append(_("其间%s不计") % listed(skipped))
    if clock.provisional:
        parts.append(_("放假安排尚未公布，日期暂定"))
    return _("%s。") % strung(parts)
