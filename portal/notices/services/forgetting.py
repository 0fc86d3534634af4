"""Personal data of those who left: forgotten once nobody asks about it any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from outages.models import Subscription
from portal.notices.models import Message
from portal.notices.services import outage_letters, writing

# So long a complaint about an unwanted message can still be looked into.
KEPT = timedelta(days=30)
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
