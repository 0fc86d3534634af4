"""Who works here, and which applications lie within their reach."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from applications.models import Application
from sla.admin.lookers import actor
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role

# Regulators look on; operators keep the system running; neither acts on a case.
STAFF = STAFF_WHO_ACT | {Role.REGULATOR, Role.OPERATOR}


def acts(by: Actor) -> bool:
    """Tell whether this person works on cases at all."""
    return by.role in STAFF_WHO_ACT


def ticket_or_404(request: HttpRequest, pk: int) -> Application:
    """Return an application within reach; what lies elsewhere does not exist here."""
    reach = Application.objects.visible_to(actor(request)).select_related(
        "applicant", "region", "manager", "connection"
    )
    application: Application = get_object_or_404(reach, pk=pk)
    return application
