"""Places that somebody who signed in used before: nobody types an address twice."""

from dataclasses import dataclass
from typing import Any

from outages.models import Account, FaultReport, Subscription
from outages.selectors import places
from outages.vocabulary import Trouble

MOST = 4


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """One place, as a report takes it; ``key`` names it on a page."""

    key: str
    label: str
    place: str
    region: str
    premises: int | None = None
    account: int | None = None


def of(user: Any) -> list[KnownPlace]:
    """Return the places of an account by its key, the latest first; None has none."""
    if user is None:
        return []
    reports = (
        FaultReport.objects.filter(reporter=user)
        .exclude(trouble=Trouble.STREET_LIGHT)
        .select_related("account__premises", "account__transformer")
        .order_by("-reported_at", "-pk")
    )
    wishes = (
        Subscription.objects.filter(user=user, ended_at=None)
        .exclude(premises=None, account=None)
        .select_related("premises", "account__premises", "account__transformer")
        .order_by("-created_at", "-pk")
    )
    found = [
        *(_of_report(row) for row in reports[: 2 * MOST]),
        *(_of_wish(row) for row in wishes[: 2 * MOST]),
    ]
    return list({known.label: known for known in reversed(found)}.values())[::-1][:MOST]


def _of_report(row: FaultReport) -> KnownPlace:
    key = f"report-{row.pk}"
    if row.account:
        return _of_account(key, row.account)
    return KnownPlace(key, row.place, row.place, row.region_id, row.premises_id)


def _of_wish(row: Subscription) -> KnownPlace:
    key = f"subscription-{row.pk}"
    if row.account:
        return _of_account(key, row.account)
    assert row.premises is not None, "asked for in the query"
    place = row.premises.address
    return KnownPlace(key, place, place, row.premises.region_id, row.premises_id)


def _of_account(key: str, account: Account) -> KnownPlace:
    """Return the place of a 户号, whose address whoever knows it need not know."""
    region = account.transformer.region_id
    return KnownPlace(key, places.told(account), "", region, account=account.pk)
