"""Progress of a repair reaches whoever reported it; governance its own staff alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outages.models import (
    FaultReport,
    GovernanceCase,
    OutageEvent,
    RepairOrder,
    Subject,
)
from portal.notices.models import Message
from portal.notices.outage_wording import GOVERNANCE, REPAIRS, Spoken, back
from portal.notices.services import addressing, reading, writing
from portal.notices.services.writing import Letter, Recipient
from sla.ground.phones import clean_mobile
from sla.ground.record import for_the_record

READER = "repair events"


@for_the_record()
@transaction.atomic
def tell(*, at: datetime, batch: int) -> int:
    """Write the messages of the oldest untold events of repair and governance.

    Returns how many events were told; 0 while another reader is at it.
    """
    if reading.hold(READER) is None:
        return 0
    subjects = (Subject.REPAIR, Subject.GOVERNANCE)
    untold = OutageEvent.objects.filter(told_at=None, subject__in=subjects)
    events = list(untold.order_by("at", "pk")[:batch])
    recent = [event for event in events if event.at >= at - addressing.OLD_NEWS]
    writing.keep([*_to_reporters(recent, at), *_to_staff(recent, at)])
    told = [event.pk for event in events]
    OutageEvent.objects.filter(pk__in=told, told_at=None).update(told_at=at)
    return len(events)


def _to_reporters(events: Iterable[OutageEvent], at: datetime) -> list[Message]:
    spoken = {
        event.pk: (event, words)
        for event in events
        if event.subject == Subject.REPAIR and (words := REPAIRS[event.action])
    }
    numbers = {event.reference for event, _words in spoken.values()}
    orders = {
        order.number: order
        for order in RepairOrder.objects.filter(number__in=numbers).prefetch_related(
            "reports"
        )
    }
    return [
        message
        for event, words in spoken.values()
        for report in orders[event.reference].reports.all()
        # Who joined later reads on the page what had happened before.
        if report.reported_at <= event.at
        for message in _to_reporter(report, orders[event.reference], event, words, at)
    ]


def _to_reporter(
    report: FaultReport,
    order: RepairOrder,
    event: OutageEvent,
    words: Spoken,
    at: datetime,
) -> list[Message]:
    facts = {"number": report.number, "back": back(order.estimated_at)}
    letter = Letter(
        about=f"{event.reference}#{event.seq}",
        subject=str(words.subject),
        text=words.say(facts),
        thread=event.reference,
        link=f"/outages/reports/{report.number}/",
    )
    messages = []
    if report.reporter_id:
        to = Recipient(key=f"user:{report.reporter_id}", user_id=report.reporter_id)
        messages.append(writing.in_app(letter, to, at=at))
    phone = _mobile(str(report.phone))
    if words.sms and phone:
        to = Recipient(key=f"sms:{writing.address_index(phone)}", phone=phone)
        message = writing.sms(addressing.signed(letter), to, at=at)
        # They sit in the dark and wait: no quiet hours.
        message.next_try_at = at
        messages.append(message)
    return messages


def _mobile(phone: str) -> str:
    """Return a number that receives texts; many report from a landline."""
    try:
        return clean_mobile(phone) if phone else ""
    except ValidationError:
        return ""


def _to_staff(events: Iterable[OutageEvent], at: datetime) -> list[Message]:
    spoken = {
        event.pk: (event, words)
        for event in events
        if event.subject == Subject.GOVERNANCE and (words := GOVERNANCE[event.action])
    }
    numbers = {event.reference for event, _words in spoken.values()}
    rows = GovernanceCase.objects.filter(number__in=numbers)
    cases = {
        case.number: case
        for case in rows.select_related("line", "transformer", "responsible")
    }
    supervisors = addressing.supervisors_by_district() if cases else {}
    return [
        message
        for event, words in spoken.values()
        for person in _responsible(cases[event.reference], supervisors)
        if person.pk != event.by_id
        for message in _to_colleague(person, cases[event.reference], event, words, at)
    ]


def _responsible(case: GovernanceCase, supervisors: dict[str, list[Any]]) -> list[Any]:
    """Return who answers for a case, and while nobody does, the district's heads."""
    if case.responsible is not None:
        return [case.responsible]
    return supervisors.get(case.region_id, [])


def _to_colleague(
    person: Any, case: GovernanceCase, event: OutageEvent, words: Spoken, at: datetime
) -> list[Message]:
    part = _("“%(name)s”") % {"name": case.part}
    letter = Letter(
        about=f"{event.reference}#{event.seq}",
        subject=str(words.subject),
        text=words.say({"number": case.number, "part": part}),
        thread=case.number,
        link=f"/admin/outages/governancecase/{case.pk}/change/",
    )
    to = addressing.colleague(person)
    return addressing.messages_for(letter, to, happened=event.at, at=at, sms=False)
