"""Who reads which outages and repairs: everybody the public ones, keepers their own."""

from django.db.models import Exists, OuterRef, QuerySet

from outages.models import Interruption, Outage, RepairOrder
from outages.selectors import shown
from sla.ground.actors import Actor, Role

_EVERYTHING = frozenset({Role.OPERATOR, Role.REGULATOR})
_OWN_DISTRICTS = frozenset({Role.SUPERVISOR})
_REPAIRERS = frozenset({Role.SUPERVISOR, Role.MANAGER})


def outages(viewer: Actor | None) -> QuerySet[Outage]:
    """Return what this person may read; drafts and arrears only keepers may."""
    if viewer is not None and viewer.is_active:
        if viewer.role in _EVERYTHING:
            return Outage.objects.all()
        if viewer.role in _OWN_DISTRICTS:
            own = Interruption.objects.filter(
                outage=OuterRef("pk"), region__in=viewer.district_codes()
            )
            return shown.visible() | Outage.objects.filter(Exists(own))
    return shown.visible()


def repairs(viewer: Actor) -> QuerySet[RepairOrder]:
    """Return the repair orders this person works on or watches; others read none."""
    rows = RepairOrder.objects.select_related("region", "crew", "outage")
    if viewer.is_active and viewer.role in _EVERYTHING:
        return rows
    if viewer.is_active and viewer.role in _REPAIRERS:
        return rows.filter(region__in=viewer.district_codes())
    return rows.none()
