"""The papers of a ticket, for those who work on it."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications.admin.access import acts, ticket_or_404
from sla.admin.lookers import actor
from sla.ground.downloads import handed_out


@require_GET
def download(
    request: HttpRequest, site: AdminSite, *, pk: int, paper: int
) -> FileResponse:
    """Hand out one paper as a file; it never opens as a page of this house.

    Papers show identities in full, so who only supervises sees that they are there.
    """
    application = ticket_or_404(request, pk)
    if not acts(actor(request)):
        raise PermissionDenied(_("材料只供办理该申请的人员查看。"))
    document = get_object_or_404(application.documents, pk=paper)
    return handed_out(
        document.file, name=document.original_name, content_type=document.content_type
    )
