"""Warnings and breaches of clocks become messages to those who have to act.

Ledger rows of the ground floor bear no mark of ours: a bookmark says how far we came.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now

from applications.models import Application
from outages.models import RepairOrder
from outages.services.repair_clocks import KIND as REPAIR
from portal.notices import wording
from portal.notices.models import Bookmark, Message
from portal.notices.services import addressing, reading, writing
from portal.notices.services.writing import Letter
from sla.engine import day_of
from sla.ground.record import for_the_record
from sla.models import ClockEvent
from sla.vocabulary import ClockEventKind, Level
from sla.words import noted, short_day, short_moment

READER = "clock events"
ABOUT = "clock:"
SPOKEN = (ClockEventKind.WARN, ClockEventKind.BREACH)
# A transaction that is still open may yet commit rows with smaller numbers: what is
# younger than this is read again next time, and kept once by its unique key. The
# database wrote when that was, so it tells the age, too: servers' clocks differ.
OVERLAP = timedelta(minutes=5)


@for_the_record()
@transaction.atomic
def tell(*, at: datetime, batch: int, after: int = 0) -> int | None:
    """Write the messages of the next warnings and breaches after a row number.

    Returns the last row number read, or None when nothing was left to read.
    """
    bookmark = reading.hold(READER)
    if bookmark is None:
        return None
    unread = ClockEvent.objects.filter(pk__gt=bookmark.last_id)
    events = list(_untold(unread.filter(pk__gt=after))[:batch])
    writing.keep(_messages(events, at))
    if events:
        return events[-1].pk
    settled = unread.filter(recorded_at__lte=Now() - OVERLAP).order_by("-pk").first()
    if settled is not None:
        reading.move(bookmark, settled.pk)
    return None


def hush() -> None:
    """Leave out everything written so far."""
    latest = ClockEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    Bookmark.objects.update_or_create(pk=READER, defaults={"last_id": latest})


def _untold(rows: QuerySet[ClockEvent]) -> QuerySet[ClockEvent]:
    """Keep warnings and breaches that nobody was told of, oldest first."""
    about = Concat(Value(ABOUT), Cast(OuterRef("pk"), CharField()))
    told = Message.objects.filter(about=about)
    spoken = rows.filter(~Exists(told), kind__in=SPOKEN)
    return spoken.select_related("clock").order_by("pk")


def _about(event: ClockEvent) -> str:
    return f"{ABOUT}{event.pk}"


def _messages(events: list[ClockEvent], at: datetime) -> list[Message]:
    numbers = {event.clock.reference for event in events}
    cases = {
        case.number: case
        for case in Application.objects.filter(number__in=numbers).select_related(
            "manager"
        )
    }
    orders = _orders(events)
    supervisors = addressing.supervisors_by_district() if cases or orders else {}
    of_repairs = [
        message
        for event in events
        if (order := orders.get(event.clock.reference)) is not None
        for person in supervisors.get(order.region_id, [])
        for message in _of_repair(person, event, order, at)
    ]
    return of_repairs + [
        message
        for event in events
        if (case := cases.get(event.clock.reference)) is not None
        for person in _concerned(event, case, supervisors)
        for message in _messages_to(person, event, case, at)
    ]


def _orders(events: list[ClockEvent]) -> dict[str, RepairOrder]:
    numbers = {e.clock.reference for e in events if e.clock.kind == REPAIR}
    if not numbers:
        return {}
    return {row.number: row for row in RepairOrder.objects.filter(number__in=numbers)}


def _of_repair(
    person: Any, event: ClockEvent, order: RepairOrder, at: datetime
) -> list[Message]:
    """Tell the supervisors of a district that a crew is awaited, at any hour."""
    late = event.kind == ClockEventKind.BREACH
    told = wording.REPAIR_BREACH if late else wording.REPAIR_WARNING
    due_at = event.clock.due_at or event.at
    facts = wording.Facts(
        number=order.number,
        by_when=short_moment(due_at),
        extra=str(event.clock.get_stage_display()),
    )
    letter = Letter(
        about=_about(event),
        subject=str(told.subject),
        text=told.say(facts),
        thread=order.number,
        link=f"/admin/outages/repairorder/{order.pk}/change/",
    )
    to = addressing.colleague(person)
    messages = addressing.messages_for(
        letter, to, happened=event.at, at=at, sms=told.sms
    )
    for message in messages:
        # Somebody sits in the dark: no quiet hours.
        message.next_try_at = at
    return messages


def _concerned(
    event: ClockEvent, case: Application, supervisors: dict[str, list[Any]]
) -> list[Any]:
    """Return the manager; the supervisors too when it is late or nobody's."""
    above = supervisors.get(case.region_id or "", [])
    if case.manager is None:
        return above
    if event.kind == ClockEventKind.BREACH:
        return addressing.distinct([case.manager, *above])
    return [case.manager]


def _messages_to(
    person: Any, event: ClockEvent, case: Application, at: datetime
) -> list[Message]:
    late = event.kind == ClockEventKind.BREACH
    told = wording.CLOCK_BREACH if late else wording.CLOCK_WARNING
    letter = Letter(
        about=_about(event),
        subject=str(told.subject),
        text=told.say(_facts(event)),
        thread=event.clock.reference,
        link=addressing.desk_link(case),
    )
    # The promise of the city warns; a text message at night is for the national limit.
    sms = told.sms and event.clock.level == Level.NATIONAL
    to = addressing.colleague(person)
    return addressing.messages_for(letter, to, happened=event.at, at=at, sms=sms)


def _facts(event: ClockEvent) -> wording.Facts:
    clock = event.clock
    due_at = clock.due_at or event.at
    return wording.Facts(
        number=clock.reference,
        by_when=short_day(day_of(due_at)),
        extra=noted(clock.get_stage_display(), clock.get_level_display()),
    )
