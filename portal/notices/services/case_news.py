"""Events of applications become messages; ``told_at`` is their mark."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application, Event
from portal.notices import wording
from portal.notices.models import Message
from portal.notices.services import addressing, reading, writing
from portal.notices.services.writing import Letter
from portal.notices.wording import Facts, Told
from sla.engine import day_of
from sla.ground.record import for_the_record
from sla.models import Clock
from sla.words import full_day, short_day

READER = "events"
Dues = dict[tuple[str, str], datetime]


@for_the_record()
@transaction.atomic
def tell(*, at: datetime, batch: int) -> int:
    """Write the messages of the oldest untold events, and mark them in one breath.

    Returns how many events were told; 0 while another reader is at it.
    """
    if reading.hold(READER) is None:
        return 0
    events = list(
        Event.objects.filter(told_at__isnull=True)
        .select_related(
            "application__applicant",
            "application__manager",
            "application__filed_by",
        )
        .order_by("at", "pk")[:batch]
    )
    dues = _dues(events)
    messages = [
        message for event in events for message in _messages_of(event, dues, at)
    ]
    writing.keep(messages)
    told = [event.pk for event in events]
    Event.objects.filter(pk__in=told, told_at__isnull=True).update(told_at=at)
    return len(events)


def hush(*, at: datetime, before: datetime) -> int:
    """Mark untold events up to a moment as told; nobody hears of them."""
    untold = Event.objects.filter(told_at__isnull=True, at__lte=before)
    return untold.update(told_at=at)


def _dues(events: list[Event]) -> Dues:
    """Return when the running stages of these cases end, the stricter level first."""
    numbers = {event.application.number for event in events}
    clocks = Clock.objects.running().filter(reference__in=numbers, kind="stage")
    rows = clocks.order_by("-due_at").values_list("reference", "stage", "due_at")
    # The earliest comes last, and stays.
    return {(reference, stage): due_at for reference, stage, due_at in rows if due_at}


def _messages_of(event: Event, dues: Dues, at: datetime) -> list[Message]:
    case = event.application
    words = wording.WORDING[event.action]
    facts = _facts(event, dues)
    messages: list[Message] = []
    if words.applicant:
        letter = _letter(event, words.applicant, facts, addressing.case_link(case))
        messages += addressing.messages_for(
            letter,
            addressing.applicant_of(case),
            happened=event.at,
            at=at,
            sms=words.applicant.sms,
        )
    if words.manager and case.manager and case.manager_id != event.by_id:
        letter = _letter(event, words.manager, facts, addressing.desk_link(case))
        messages += addressing.messages_for(
            letter,
            addressing.colleague(case.manager),
            happened=event.at,
            at=at,
            sms=words.manager.sms,
        )
    if settings.WEBHOOK_URL and event.at >= at - addressing.OLD_NEWS:
        messages.append(writing.webhook(_push(event), at=at))
    return messages


def _letter(event: Event, told: Told, facts: Facts, link: str) -> Letter:
    return Letter(
        about=_about(event),
        subject=str(told.subject),
        text=told.say(facts),
        thread=facts.number,
        link=link,
    )


def _about(event: Event) -> str:
    return f"{event.application.number}#{event.seq}"


def _facts(event: Event, dues: Dues) -> Facts:
    case = event.application
    return Facts(
        number=case.number or "",
        by_when=_by_when(case, event, dues),
        extra=_extra(event.payload),
        handler=_handler(event),
    )


def _by_when(case: Application, event: Event, dues: Dues) -> str:
    """Return the promise that still holds; none once the case has moved on."""
    if case.status != event.after or case.stage is None or case.number is None:
        return ""
    due_at = dues.get((case.number, case.stage))
    if due_at is None:
        return ""
    day = short_day(day_of(due_at))
    return _("，%(day)s前完成") % {"day": day}


def _extra(payload: dict[str, Any]) -> str:
    if "missing" in payload:
        return str(len(payload["missing"]))
    for key in ("valid_until", "planned_on"):
        if key in payload:
            return full_day(date.fromisoformat(payload[key]))
    return ""


def _handler(event: Event) -> str:
    if event.action == "claim":
        return event.by_label
    return str(event.payload.get("manager", ""))


def _push(event: Event) -> Letter:
    """Return what other systems are told: what moved, and nothing about anybody."""
    body = {
        "number": event.application.number,
        "seq": event.seq,
        "at": event.at.isoformat(),
        "action": event.action,
        "before": event.before,
        "after": event.after,
    }
    return Letter(
        about=_about(event),
        subject=event.action,
        text=json.dumps(body, sort_keys=True),
        thread=event.application.number or "",
    )
