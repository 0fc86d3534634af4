"""Send what is queued: one row at a time, each outside any transaction.

A process that dies while sending leaves one row claimed; it becomes "unknown", because
nobody can say whether its text went out. Everything else is simply still queued.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from outages.models import Way
from outages.services import subscribing
from portal.notices import gateways, outside
from portal.notices.gateways import NotTaken, Unclear
from portal.notices.models import Channel, Lane, Message, MessageQuerySet, State

# Waits after each attempt that the provider did not take; after the last, it failed.
BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
# Longer than any attempt may take.
CLAIM = timedelta(minutes=5)
# A provider that is down is not asked two hundred times in a row.
FAILURES_IN_A_ROW = 3


@dataclass(slots=True)
class Delivered:
    """What one run did."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    unknown: int = 0


def run(
    *, at: datetime, most: int = 500, lanes: Sequence[int] = tuple(Lane)
) -> Delivered:
    """Send what is due, up to ``most`` messages; return what became of them.

    A lane is served when those before it have nothing due.
    """
    result = Delivered()
    result.unknown += _give_up_on_the_broken_off(at)
    result.failed += _drop_the_stale(at)
    in_a_row = 0
    for _turn in range(most):
        message = _claim(at, lanes)
        if message is None:
            break
        took = _attempt(message, at, result)
        # A stranger's dead server says nothing about the next one's.
        in_a_row = 0 if took else in_a_row + (not _is_outside(message))
        if in_a_row >= FAILURES_IN_A_ROW:
            break
    return result


def send_again(messages: list[Message], *, at: datetime) -> int:
    """Queue failed or unknown messages once more, on a person's word."""
    return Message.objects.filter(
        pk__in=[message.pk for message in messages],
        state__in=(State.FAILED, State.UNKNOWN),
    ).update(state=State.QUEUED, claimed_at=None, attempts=0, next_try_at=at)


def stop(messages: MessageQuerySet) -> int:
    """Leave queued messages unsent, until a person has them sent after all."""
    return messages.update(state=State.UNKNOWN, last_error="stopped after a restore")


def _give_up_on_the_broken_off(at: datetime) -> int:
    return Message.objects.broken_off(at - CLAIM).update(
        state=State.UNKNOWN, last_error="broke off while sending"
    )


def _drop_the_stale(at: datetime) -> int:
    return Message.objects.stale(at).update(
        state=State.FAILED, last_error="out of date before it could be sent"
    )


@transaction.atomic
def _claim(at: datetime, lanes: Sequence[int]) -> Message | None:
    """Take the oldest message of the first lane in hand; others skip it from now on."""
    for lane in lanes:
        # One look each: in one over all, a lane that waits for the morning would be
        # read from end to end on the way to the next.
        queue = Message.objects.due(at).filter(lane=lane).order_by("next_try_at", "pk")
        message = queue.select_for_update(skip_locked=True, of=("self",)).first()
        if message is not None:
            message.claimed_at = at
            message.attempts += 1
            message.save(update_fields=["claimed_at", "attempts"])
            return message
    return None


def _attempt(message: Message, at: datetime, result: Delivered) -> bool:
    """Send one claimed message, note the outcome; tell whether it was taken."""
    try:
        reference = _send(message, at)
    except outside.Gone as error:
        _settle(message, state=State.FAILED, last_error=str(error)[:200])
        _end_subscription(message, at)
        result.failed += 1
        return False
    except NotTaken as error:
        _put_off(message, at, str(error), result)
        return False
    except Unclear as error:
        _settle(message, state=State.UNKNOWN, last_error=str(error)[:200])
        result.unknown += 1
        return False
    _settle(message, state=State.SENT, sent_at=at, provider_ref=reference[:80])
    result.sent += 1
    return True


def _send(message: Message, at: datetime) -> str:
    request_id = f"bandian-{message.pk}"
    if message.channel == Channel.SMS:
        gateway = gateways.sms_gateway()
        return gateway.send(
            to=message.address, text=message.text, request_id=request_id, at=at
        )
    if message.channel == Channel.EMAIL:
        return gateways.send_email(
            to=message.address,
            subject=message.subject,
            text=message.text,
            request_id=request_id,
        )
    body = str(message.text).encode()
    if message.channel == Channel.WEB_PUSH:
        outside.notify_browser(message.address, body, message.thread, at)
    elif message.address:
        outside.post_to_system(message.address, body, request_id, at)
    else:
        gateways.post_signed(settings.WEBHOOK_URL, body, request_id, at)
    return request_id


def _is_outside(message: Message) -> bool:
    """Tell whether a subscriber chose where this goes, and not the operator."""
    strange = message.channel == Channel.WEBHOOK and bool(message.address)
    return strange or message.channel == Channel.WEB_PUSH


def _end_subscription(message: Message, at: datetime) -> None:
    """End what leads to an address that says it will never be there again."""
    kept = json.loads(message.address)
    if message.channel == Channel.WEB_PUSH:
        subscribing.end_address(Way.WEB_PUSH, kept["endpoint"], at=at)
    else:
        name = subscribing.system_name(message.recipient_id, kept["url"])
        subscribing.end_address(Way.WEBHOOK, name, at=at)


def _put_off(message: Message, at: datetime, error: str, result: Delivered) -> None:
    if message.attempts > len(BACKOFF):
        _settle(message, state=State.FAILED, last_error=error[:200])
        result.failed += 1
        return
    wait = BACKOFF[message.attempts - 1]
    _settle(message, next_try_at=at + wait, claimed_at=None, last_error=error[:200])
    result.put_off += 1


def _settle(message: Message, **outcome: object) -> None:
    """Write the outcome, unless somebody else judged the row meanwhile."""
    mine = Message.objects.filter(
        pk=message.pk, state=State.QUEUED, claimed_at=message.claimed_at
    )
    mine.update(**outcome)
