"""What the network promises: copies agree with what they were taken from."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from outages.models import Account, AddressKey, Premises, Transformer
from outages.selectors.places import keys_of, names_above, searchable
from sla.invariants import Invariant
from sla.models import Region

MOST = 20
BATCH = 2000

Row = TypeVar("Row", Premises, AddressKey, Account, Transformer)


def invariants() -> Iterator[Invariant]:
    """Yield every promise about the network with what breaks it; reads only."""
    yield Invariant("network-district", "用电地址所在区就是台区所在区", _elsewhere())
    yield Invariant("network-account", "户号的台区就是它用电地址的台区", _astray())
    yield Invariant("network-retired", "退出运行的台区不再有户号", _supplied())
    yield Invariant(
        "network-searched", "每个用电地址都能按写法规整后查到", _unsearchable()
    )


def _elsewhere() -> list[str]:
    wrong = Premises.objects.exclude(region=F("transformer__region"))
    keys = AddressKey.objects.exclude(region=F("premises__region"))
    return [
        *_named(wrong, "address", "transformer__code"),
        *_named(keys, "key", "premises__transformer__code"),
    ]


def _astray() -> list[str]:
    wrong = Account.objects.filter(
        Q(premises__isnull=False) & ~Q(premises__transformer=F("transformer"))
    )
    return _named(wrong, "number", "transformer__code")


def _supplied() -> list[str]:
    wrong = Transformer.objects.filter(
        retired_on__isnull=False, accounts__isnull=False
    ).distinct()
    return _named(wrong, "code", "name")


def _named(rows: QuerySet[Row], *names: str) -> list[str]:
    found = rows.order_by("pk").values_list(*names)[:MOST]
    return [" ".join(map(str, row)) for row in found]


def _unsearchable() -> list[str]:
    regions = {
        region.code: names_above(region)
        for region in Region.objects.select_related("parent__parent__parent")
    }
    broken: list[str] = []
    last = 0
    while len(broken) < MOST:
        rows = Premises.objects.filter(pk__gt=last).order_by("pk")
        batch = list(rows.defer("property_phone").prefetch_related("keys")[:BATCH])
        if not batch:
            break
        last = batch[-1].pk
        broken += [str(row) for row in batch if not _is_found(row, regions)]
    return broken[:MOST]


def _is_found(premises: Premises, regions: dict[str, list[str]]) -> bool:
    words = searchable(premises.address, regions[premises.region_id])[:120]
    keys = {key.key for key in premises.keys.all()}
    return premises.searched == words and keys == set(keys_of(words, premises.compound))
