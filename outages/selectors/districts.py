"""The districts of the city served, by name."""

from sla.models import Region
from sla.services import policies


def names() -> dict[str, str]:
    """Return code → name of every district of the city, in the order of GB/T 2260."""
    found = Region.objects.filter(parent=policies.home_region()).order_by("pk")
    return dict(found.values_list("pk", "name"))
