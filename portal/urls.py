"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from portal.health import HealthView

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz/", HealthView.as_view(), name="healthz"),
    path("", include("portal.public.urls")),
]
