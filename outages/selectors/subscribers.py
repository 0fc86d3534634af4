"""Who is told of an outage, and how one subscription is shown."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from outages.models import Interruption, Outage, OutageScope, Subscription, Way
from outages.selectors import places
from outages.vocabulary import ScopeLevel
from sla.ground.masking import mask_phone


@dataclass(frozen=True, slots=True)
class Line:
    """One subscription in words; ``to`` is masked, ``place`` is public."""

    row: Subscription
    place: str
    way: str
    to: str
    label: str

    @property
    def running(self) -> bool:
        return self.row.ended_at is None


def line_of(row: Subscription) -> Line:
    """Return a subscription in words; needs its place selected along."""
    place = place_of(row)
    if row.account:
        place = _("%(place)s（户号 %(number)s）") % {
            "place": place,
            "number": f"{row.account.number[:3]}***{row.account.number[-3:]}",
        }
    return Line(row, place, row.get_way_display(), shown(row), row.label)


def place_of(row: Subscription) -> str:
    """Name the place of a subscription as it was named when it was chosen."""
    if row.premises:
        return row.premises.address
    return places.public_name(row.account) if row.account else row.transformer.name


def called(row: Subscription) -> str:
    """Name a place in a notice: as its subscriber does, else by 小区 or street."""
    if row.label:
        return row.label
    if row.account:
        return places.public_name(row.account)
    street = places.street_of(row.premises) if row.premises else ""
    return street or row.transformer.name


def shown(row: Subscription) -> str:
    """Return whom a subscription tells, masked; empty for an inbox or a browser."""
    if not row.address:
        return ""
    if row.way == Way.SMS:
        return mask_phone(row.address)
    if row.way == Way.WEBHOOK:
        return urlsplit(json.loads(row.address)["url"]).hostname or ""
    return ""


def running_of(user_id: int) -> QuerySet[Subscription]:
    """Return what a person is subscribed to, the latest first."""
    rows = Subscription.objects.filter(user_id=user_id, ended_at=None)
    rows = rows.select_related(
        "transformer", "premises", "account__premises", "account__transformer"
    )
    return rows.order_by("-created_at", "-pk")


def with_kin(batch: list[int], left: list[int]) -> QuerySet[Subscription]:
    """Return these subscriptions, and which of the rest tell the same people."""
    told = Subscription.objects.filter(pk__in=batch).values("address_index")
    same = Subscription.objects.filter(address_index__in=told, ended_at=None)
    kin = set(same.values_list("pk", flat=True)).intersection(left)
    rows = Subscription.objects.filter(pk__in=kin, ended_at=None).select_related(
        "transformer", "premises", "account__premises", "account__transformer"
    )
    return rows.order_by("pk")


def touched(outage: Outage, codes: list[str]) -> list[int]:
    """Return the transformer areas of an outage that these codes name."""
    rows = Interruption.objects.filter(outage=outage, transformer__code__in=codes)
    return list(rows.values_list("transformer_id", flat=True))


def ids_to_tell(outage: Outage, areas: list[int], *, after: int) -> list[int]:
    """Return the running subscriptions of an outage above a number, in order.

    Where only some accounts of an area are cut, only those are told, and whoever
    answers for their address.
    """
    cut_whole = Interruption.objects.filter(
        outage=outage, transformer_id__in=areas, whole=True
    )
    accounts = OutageScope.objects.filter(outage=outage, level=ScopeLevel.ACCOUNT)
    of_accounts = Q(account__in=accounts.values("account")) | Q(
        premises__in=accounts.values("account__premises"), for_residents=True
    )
    whole = Q(transformer__in=cut_whole.values("transformer"))
    named = Q(transformer__in=areas) & of_accounts
    rows = Subscription.objects.filter(whole | named, ended_at=None, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True))
