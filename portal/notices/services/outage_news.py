"""News of outages goes to all who subscribed: any number, in steps, each told once.

An untold event becomes a ``Broadcast`` in the transaction that marks it as told; the
broadcast says how far its telling came. Each step writes some hundred messages and
moves on in one transaction: whoever is killed anywhere leaves nothing lost and nothing
twice, since a message is unique for its news, channel and recipient.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from outages.lifecycles.outage import OUT, OVER, Status
from outages.models import (
    Broadcast,
    Interruption,
    Outage,
    OutageEvent,
    Subject,
    Subscription,
)
from outages.selectors import subscribers
from outages.services import managing_agents
from outages.vocabulary import OutageKind
from portal.notices.models import Lane, Message, State
from portal.notices.outage_wording import OUTAGES, REMINDER
from portal.notices.services import outage_letters, reading, writing
from sla.engine import SHANGHAI, day_of, midnight
from sla.ground.record import for_the_record

READER = "outage events"
EVENTS = 500
SIZE = 500
# What one run writes at most: a task ends before the next but one is started.
STEPS = 60
REMINDED_FROM = time(18, 0)
DAY = timedelta(days=1)
# Power that came back long ago is no news any more.
OLD = timedelta(hours=24)
_BEFORE = frozenset({"announce", "reschedule"})
_WHILE_OUT = frozenset({"break_out", "estimate", "extend", "restore_part"})


def run(*, at: datetime, size: int = SIZE, steps: int = STEPS) -> int:
    """Take up what happened and tell some of it; return how many messages were due."""
    while take_up(at=at) == EVENTS:
        continue
    remind(at=at)
    waiting: dict[int, list[int]] = {}
    written = 0
    for _turn in range(steps):
        count = tell(at=at, size=size, waiting=waiting)
        if count is None:
            break
        written += count
    return written


@transaction.atomic
def take_up(*, at: datetime, most: int = EVENTS) -> int:
    """Turn the oldest untold events into broadcasts or silence; return how many."""
    if reading.hold(READER) is None:
        return 0
    untold = OutageEvent.objects.filter(subject=Subject.OUTAGE, told_at=None)
    events = list(untold.order_by("at", "pk")[:most])
    numbers = {event.reference for event in events}
    outages = {row.number: row for row in Outage.objects.filter(number__in=numbers)}
    heard = set(
        Broadcast.objects.filter(outage__in=outages.values())
        .values_list("outage_id", flat=True)
        .distinct()
    )
    opened = []
    for event in events:
        outage = outages[event.reference]
        if _is_news(event, outage, outage.pk in heard, at):
            opened.append(_of_event(event, outage, at))
            heard.add(outage.pk)
    Broadcast.objects.bulk_create(opened, ignore_conflicts=True)
    told = [event.pk for event in events]
    OutageEvent.objects.filter(pk__in=told, told_at=None).update(told_at=at)
    return len(events)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Open the reminders of outages that begin tomorrow, from 18:00 on, once each.

    Level-triggered: whoever comes late opens the same. What was announced after its
    reminder would have been due needs none. Returns how many were opened.
    """
    local = at.astimezone(SHANGHAI)
    days = 2 if local.time() >= REMINDED_FROM else 1
    until = midnight(local.date() + days * DAY)
    coming = Outage.objects.public().filter(
        status=Status.ANNOUNCED, starts_at__gt=at, starts_at__lt=until
    )
    due = [row for row in coming.order_by("pk") if _was_told_before(row)]
    known = set(
        Broadcast.objects.filter(about__in=[_reminder(row) for row in due]).values_list(
            "about", flat=True
        )
    )
    opened = [
        Broadcast(about=_reminder(row), outage=row, lane=Lane.AHEAD, started_at=at)
        for row in due
        if _reminder(row) not in known
    ]
    Broadcast.objects.bulk_create(opened, ignore_conflicts=True)
    return len(opened)


@for_the_record()
def tell(
    *, at: datetime, size: int = SIZE, waiting: dict[int, list[int]] | None = None
) -> int | None:
    """Write the next messages of the broadcast whose turn it is, and note how far.

    ``waiting`` keeps the subscriptions of a broadcast between the steps of a run, so
    that they are looked up once. Returns how many were written; None when nothing is
    left, or another reader is at it.
    """
    waiting = {} if waiting is None else waiting
    broadcast = _next()
    if broadcast is None:
        return None
    if broadcast.pk not in waiting:
        waiting[broadcast.pk] = _to_tell(broadcast, at)
    left = [pk for pk in waiting[broadcast.pk] if pk > broadcast.last_id]
    batch = left[:size]
    # Written down before anything is locked: others write while we look and encrypt.
    rows = subscribers.with_kin(batch, left)
    messages = outage_letters.messages_for(broadcast, rows, at=at) if batch else []
    return _keep(broadcast, batch, messages, is_last=len(batch) == len(left), at=at)


def drop_waiting(row: Subscription) -> int:
    """Leave unsent what still waits for somebody who ended a subscription.

    Unless another of his goes to the same address; returns how many.
    """
    others = Subscription.objects.filter(
        way=row.way, address_index=row.address_index, ended_at=None
    )
    if others.exists():
        return 0
    address = outage_letters.address_of(row)
    waiting = Message.objects.waiting().filter(
        address_index=writing.address_index(address),
        recipient_key=outage_letters.key_of(row),
    )
    return waiting.update(state=State.FAILED, last_error="unsubscribed")


def hush(*, at: datetime, before: datetime) -> int:
    """Let events up to a moment pass untold, and tell nobody more of begun ones."""
    Broadcast.objects.filter(finished_at=None, started_at__lte=before).update(
        finished_at=at
    )
    untold = OutageEvent.objects.filter(told_at=None, at__lte=before)
    return untold.update(told_at=at)


def _is_news(event: OutageEvent, outage: Outage, heard: bool, at: datetime) -> bool:
    """Tell whether an event still says something that people do not know better.

    After a stop an outage that is over is not announced as if it were new; its end is
    told to those alone who heard of its beginning.
    """
    if outage.imported or outage.kind == OutageKind.ARREARS:
        return False
    if OUTAGES[event.action] is None:
        return False
    if event.action in _BEFORE:
        ahead = outage.ends_at is None or outage.ends_at > at
        return outage.status == Status.ANNOUNCED and ahead
    if event.action in _WHILE_OUT:
        return outage.status in OUT
    if outage.status in OVER:
        return (
            heard and outage.restored_at is not None and outage.restored_at > at - OLD
        )
    return heard and (outage.ends_at is None or outage.ends_at > at)


def _of_event(event: OutageEvent, outage: Outage, at: datetime) -> Broadcast:
    news = OUTAGES[event.action]
    assert news is not None
    about = f"{event.reference}#{event.seq}"
    return Broadcast(
        about=about, outage=outage, event=event, lane=news.lane, started_at=at
    )


def _reminder(outage: Outage) -> str:
    assert outage.starts_at is not None
    return f"{outage.number}@{outage.starts_at.astimezone(SHANGHAI):%Y%m%dT%H%M}"


def _was_told_before(outage: Outage) -> bool:
    """Tell whether the announcement came before the evening of the reminder."""
    assert outage.starts_at is not None
    evening = day_of(outage.starts_at) - DAY
    due = datetime.combine(evening, REMINDED_FROM, SHANGHAI)
    return outage.published_at is not None and outage.published_at < due


def _next() -> Broadcast | None:
    """Return the broadcast to go on with: running outages first, each in its order."""
    open_ones = Broadcast.objects.filter(finished_at=None)
    elder = open_ones.filter(outage=OuterRef("outage"), pk__lt=OuterRef("pk"))
    rows = open_ones.filter(~Exists(elder)).select_related("outage", "event")
    return rows.order_by("lane", "pk").first()


def _to_tell(broadcast: Broadcast, at: datetime) -> list[int]:
    """Return the subscriptions that are still to be told, in order."""
    areas = _areas(broadcast)
    if broadcast.last_id == 0:
        managing_agents.enrol(areas, at=at)
    return subscribers.ids_to_tell(broadcast.outage, areas, after=broadcast.last_id)


def _areas(broadcast: Broadcast) -> list[int]:
    """Return the areas that a piece of news is about: those back, or still out."""
    outage, action = broadcast.outage, outage_letters.action_of(broadcast)
    if action == "restore_part":
        assert broadcast.event is not None
        codes = list(broadcast.event.payload["transformers"])
        return subscribers.touched(outage, codes)
    rows = Interruption.objects.filter(outage=outage)
    if action in {"estimate", "extend"}:
        rows = rows.filter(restored_at=None)
    if action == "restore":
        # Who had power back before was told so then.
        rows = rows.filter(restored_at=outage.restored_at)
    return list(rows.values_list("transformer_id", flat=True))


@transaction.atomic
def _keep(
    seen: Broadcast,
    batch: list[int],
    messages: list[Message],
    *,
    is_last: bool,
    at: datetime,
) -> int | None:
    """Save one batch and move on, unless another reader moved on meanwhile.

    Returns how many messages were saved; None while another reader is at it.
    """
    if reading.hold(READER) is None:
        return None
    rows = Broadcast.objects.select_for_update(of=("self",))
    broadcast = rows.select_related("outage", "event").get(pk=seen.pk)
    if broadcast.finished_at is not None or broadcast.last_id != seen.last_id:
        return 0
    if not _still_news(broadcast):
        messages = []
    writing.keep(messages)
    broadcast.last_id = batch[-1] if batch else broadcast.last_id
    if is_last:
        broadcast.finished_at = at
        broadcast.told = Message.objects.filter(about=broadcast.about).count()
    broadcast.save(update_fields=["last_id", "finished_at", "told"])
    return len(messages)


def _still_news(broadcast: Broadcast) -> bool:
    """Tell whether half-told news became wrong: a start that was cancelled or begun."""
    action = outage_letters.action_of(broadcast)
    begins = action in _BEFORE or action == REMINDER
    return not begins or bool(broadcast.outage.status == Status.ANNOUNCED)
