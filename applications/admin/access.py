"""Who works here, and which applications lie within their reach."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from applications.actors import STAFF_WHO_ACT, Actor, Role
from applications.models import Application

# Regulators look on; operators keep the system running; neither acts on a case.
STAFF = STAFF_WHO_ACT | {Role.REGULATOR, Role.OPERATOR}


def actor(request: HttpRequest) -> Actor:
    """Return who is asking; the admin site let nobody in without an account."""
    user = request.user
    assert user.is_authenticated, "AdminSite.admin_view asks first"
    return user


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
