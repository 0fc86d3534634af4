"""Personal data of those who left: forgotten once nobody asks about it any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from outages.models import Subscription, Way
from outages.services import subscribing
from portal.notices.models import Message, MessageQuerySet, State
from portal.notices.services import outage_letters, writing

# So long a complaint about an unwanted message can still be looked into.
KEPT = timedelta(days=30)
# A year to read again, and to say one was not told.
MESSAGES_KEPT = timedelta(days=365)
# As long as the codes themselves.
CODES_KEPT = timedelta(days=2)
BATCH = 500


def forget(*, at: datetime) -> int:
    """Delete subscriptions that ended longer ago than ``KEPT``; return how many.

    What their messages went to is deleted with them. A property manager's row stays,
    without his phone, since who left is not enrolled again.
    """
    before = at - KEPT
    forgotten = 0
    while count := _forget_some(before):
        forgotten += count
    _forget_managers(before)
    return forgotten


def forget_messages(*, at: datetime) -> int:
    """Delete messages a year old, and texts with codes after two days; return how many.

    What happened stands in the history of each case; nobody is told of it again.
    """
    settled = Message.objects.exclude(state=State.QUEUED)
    about_codes = Q(about__startswith="sign-in:") | Q(about__startswith="verify:")
    codes = settled.filter(about_codes, created_at__lt=at - CODES_KEPT)
    return _delete(codes) + _delete(settled.filter(created_at__lt=at - MESSAGES_KEPT))


def forget_person(user_id: int, phone: str) -> None:
    """Delete what an account subscribed to and was told; its owner's phone alike.

    A property manager goes on being told: the house asked for that.
    """
    of_phone = Q(way=Way.SMS, address_index=subscribing.index_of(phone))
    wishes = Subscription.objects.filter(Q(user=user_id) | of_phone)
    wishes.filter(for_residents=False).delete()
    to_phone = Message.objects.exclude(state=State.QUEUED).filter(
        recipient=None, address_index=writing.address_index(phone)
    )
    _delete(Message.objects.filter(recipient=user_id))
    _delete(to_phone)


def _delete(messages: MessageQuerySet) -> int:
    deleted = 0
    while some := list(messages.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        deleted += Message.objects.filter(pk__in=some).delete()[0]
    return deleted


@transaction.atomic
def _forget_some(before: datetime) -> int:
    ended = Subscription.objects.filter(ended_at__lt=before, for_residents=False)
    rows = list(ended.order_by("pk")[:BATCH])
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _forget_addresses(rows)
    return len(rows)


@transaction.atomic
def _forget_managers(before: datetime) -> None:
    ended = Subscription.objects.filter(ended_at__lt=before, for_residents=True)
    rows = [row for row in ended if row.address]
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(address="")
    _forget_addresses(rows)


def _forget_addresses(gone: Iterable[Subscription]) -> None:
    """Empty the addresses of messages to those who are not written to any more."""
    left = {row.address_index: row for row in gone if row.address}
    known = Subscription.objects.filter(address_index__in=left).exclude(
        for_residents=True, ended_at__isnull=False
    )
    for index in known.values_list("address_index", flat=True):
        left.pop(index, None)
    for row in left.values():
        Message.objects.filter(
            address_index=writing.address_index(outage_letters.address_of(row)),
            recipient_key=outage_letters.key_of(row),
        ).update(address="")
