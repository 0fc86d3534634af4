"""Who works on outages in the admin, and which lie within their reach."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from outages.lifecycles.outage import KEEPERS
from outages.models import Interruption, Outage
from outages.models.outage import OutageQuerySet
from sla.admin.lookers import actor
from sla.ground.actors import STAFF_WHO_ACT, Actor


def keeps(request: HttpRequest) -> bool:
    """Tell whether this person keeps the network."""
    return request.user.is_active and getattr(request.user, "role", "") in KEEPERS


def require_keeper(request: HttpRequest) -> Actor:
    """Return who is asking. Raises PermissionDenied for anybody else."""
    if not keeps(request):
        raise PermissionDenied(_("停电由运维人员和班组长办理。"))
    return actor(request)


def within_reach(by: Actor) -> OutageQuerySet:
    """Return the outages that touch a district this person answers for."""
    if by.role not in STAFF_WHO_ACT:
        return Outage.objects.all()
    mine = Interruption.objects.filter(
        outage=OuterRef("pk"), region__in=sorted(by.district_codes())
    )
    return Outage.objects.filter(Exists(mine))


def outage_or_404(request: HttpRequest, pk: int) -> Outage:
    """Return an outage within reach; what lies elsewhere does not exist here."""
    reach = within_reach(require_keeper(request)).select_related(
        "drafted_by", "cause_set_by", "exclusion_by", "merged_into", "arrears"
    )
    outage: Outage = get_object_or_404(reach, pk=pk)
    return outage
