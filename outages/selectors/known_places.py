"""Places that somebody who signed in used before: nobody types an address twice."""

from dataclasses import dataclass
from typing import Any

from outages.models import FaultReport, Subscription
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
        .order_by("-reported_at", "-pk")
    )
    found = [
        KnownPlace(
            f"report-{row.pk}",
            row.place,
            row.place,
            row.region_id,
            row.premises_id,
            row.account_id,
        )
        for row in reports[: 2 * MOST]
    ]
    wishes = Subscription.objects.filter(
        user=user, ended_at=None, premises__isnull=False
    ).select_related("premises")
    for wish in wishes.order_by("-created_at")[: 2 * MOST]:
        assert wish.premises is not None, "asked for in the query"
        found.append(
            KnownPlace(
                f"subscription-{wish.pk}",
                wish.premises.address,
                wish.premises.address,
                wish.premises.region_id,
                wish.premises_id,
                wish.account_id,
            )
        )
    return list({known.label: known for known in reversed(found)}.values())[::-1][:MOST]
