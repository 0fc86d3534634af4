"""Property managers of compounds the grid does not supply directly: told unasked.

Between the grid and those who live there stands a manager, whom the network data names
with a phone. He is kept as a subscriber of his own kind, so that the telling is one.
"""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError

from outages.models import Premises, Subscription, Way
from outages.services.subscribing import index_of, new_token
from sla.ground.phones import clean_mobile

CHUNK = 500


def enrol(transformer_ids: Collection[int], *, at: datetime) -> int:
    """Bring the managers of these areas up to what the network data says.

    A manager who ended his subscription is not enrolled again. One whom the data no
    longer names for an area is told of it no more and is forgotten in time: should it
    name him again, he is enrolled again. Returns how many are new.
    """
    wanted = _named(transformer_ids)
    known: dict[tuple[int, str], Subscription] = {}
    for row in _kept(transformer_ids):
        known[row.transformer_id, row.address_index] = row
    gone = [
        row.pk
        for key, row in known.items()
        if row.ended_at is None and key not in wanted
    ]
    left = Subscription.objects.filter(pk__in=gone)
    left.update(ended_at=at, for_residents=False)
    new = [
        _subscription(premises, phone, index, at)
        for (_area, index), (premises, phone) in wanted.items()
        if (premises.transformer_id, index) not in known
    ]
    Subscription.objects.bulk_create(new, ignore_conflicts=True, batch_size=CHUNK)
    return len(new)


def _named(
    transformer_ids: Collection[int],
) -> dict[tuple[int, str], tuple[Premises, str]]:
    """Return who the data names: area and phone index, with one of the addresses."""
    named: dict[tuple[int, str], tuple[Premises, str]] = {}
    rows = Premises.objects.filter(
        transformer_id__in=transformer_ids, transformer__direct_supplied=False
    ).exclude(property_manager="")
    for premises in rows.order_by("pk"):
        phone = _mobile(premises.property_phone)
        if phone:
            key = (premises.transformer_id, index_of(phone))
            named.setdefault(key, (premises, phone))
    return named


def _mobile(text: str) -> str:
    """Return a number that receives texts, or nothing: many give a landline."""
    try:
        return clean_mobile(text) if text else ""
    except ValidationError:
        return ""


def _kept(transformer_ids: Collection[int]) -> list[Subscription]:
    rows = Subscription.objects.filter(
        transformer_id__in=transformer_ids, for_residents=True
    )
    # The running one, where there is one, comes last and stays.
    return sorted(rows, key=lambda row: (row.ended_at is None, row.pk))


def _subscription(
    premises: Premises, phone: str, index: str, at: datetime
) -> Subscription:
    return Subscription(
        transformer_id=premises.transformer_id,
        premises=premises,
        way=Way.SMS,
        address=phone,
        address_index=index,
        for_residents=True,
        created_at=at,
        token=new_token(),
    )
