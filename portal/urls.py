"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from portal.health import HealthView

urlpatterns = [
    path("", include("portal.accounts.urls")),
    path("", include("portal.notices.urls")),
    path("admin/", admin.site.urls),
    path("healthz/", HealthView.as_view(), name="healthz"),
    path("", include("applications.urls_tracking")),
    path("", include("portal.public.urls")),
]
