"""The districts somebody may look at, by name."""

from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.models import Region
from sla.services import policies


def districts(viewer: Actor) -> dict[str, str]:
    """Return code → name: one's own for who works there, else all of the city."""
    found = Region.objects.filter(children__isnull=True)
    if viewer.role in STAFF_WHO_ACT:
        found = found.filter(pk__in=viewer.district_codes())
    else:
        found = found.filter(parent=policies.home_region())
    return dict(found.order_by("pk").values_list("pk", "name"))


def names() -> dict[str, str]:
    """Return code → name of every district, wherever it lies."""
    found = Region.objects.filter(children__isnull=True)
    return dict(found.order_by("pk").values_list("pk", "name"))
