"""Send what is queued: one row at a time, each outside any transaction.

A process that dies while sending leaves one row claimed; it becomes "unknown", because
nobody can say whether its text went out. Everything else is simply still queued.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from portal.notices import gateways
from portal.notices.gateways import NotTaken, Unclear
from portal.notices.models import Channel, Message, MessageQuerySet, State

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


def run(*, at: datetime, most: int = 500) -> Delivered:
    """Send what is due, up to ``most`` messages; return what became of them."""
    result = Delivered()
    result.unknown += _give_up_on_the_broken_off(at)
    result.failed += _drop_the_stale(at)
    in_a_row = 0
    for _turn in range(most):
        message = _claim(at)
        if message is None:
            break
        took = _attempt(message, at, result)
        in_a_row = 0 if took else in_a_row + 1
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
def _claim(at: datetime) -> Message | None:
    """Take the oldest message in hand; others skip it from now on."""
    queue = Message.objects.due(at).order_by("next_try_at", "pk")
    message = queue.select_for_update(skip_locked=True, of=("self",)).first()
    if message is not None:
        message.claimed_at = at
        message.attempts += 1
        message.save(update_fields=["claimed_at", "attempts"])
    return message


def _attempt(message: Message, at: datetime, result: Delivered) -> bool:
    """Send one claimed message, note the outcome; tell whether it was taken."""
    try:
        reference = _send(message, at)
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
    gateways.post_signed(settings.WEBHOOK_URL, body, request_id, at)
    return request_id


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
