"""Who reaches which part of the city: staff of a district act in their own."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from outages.models import GovernanceCase, Interruption, Outage, RepairOrder
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.ground.errors import Refused


def require(row: Outage | RepairOrder | GovernanceCase, *, by: Actor) -> None:
    """Raise Refused if staff of a district would act outside it."""
    if by.role in STAFF_WHO_ACT:
        require_districts(districts_of(row), by=by)


def require_districts(districts: Iterable[str], *, by: Actor) -> None:
    """Raise Refused unless this person answers for every one of these districts."""
    if not covers(districts, by=by):
        raise Refused(_("停电范围超出您负责的区域，请交由运维人员办理。"))


def covers(districts: Iterable[str], *, by: Actor) -> bool:
    """Tell whether this person answers for every one of these districts."""
    return by.role not in STAFF_WHO_ACT or set(districts) <= by.district_codes()


def districts_of(row: Outage | RepairOrder | GovernanceCase) -> set[str]:
    """Return the districts that a row concerns."""
    if isinstance(row, Outage):
        rows = Interruption.objects.filter(outage=row)
        return set(rows.values_list("region_id", flat=True).distinct())
    return {row.region_id}
