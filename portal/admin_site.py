"""The admin site customer managers work in."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class BandianAdminSite(AdminSite):
    """Serve the manager's workbench."""

    site_header = _("办电 · 业务工作台")
    site_title = _("办电")
    index_title = _("工作台")
