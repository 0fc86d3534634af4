"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from portal.accounts.api import TokenView
from portal.health import HealthView

urlpatterns = [
    path("", include("portal.accounts.urls")),
    path("", include("portal.notices.urls")),
    path("", include("portal.privacy.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("applications.urls_api")),
    path("api/v1/", include("sla.urls")),
    path("api/v1/outages/", include("outages.urls_api")),
    path("api/v1/token/", TokenView.as_view(), name="api-token"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "api/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema"),
        name="api-docs",
    ),
    path("healthz/", HealthView.as_view(), name="healthz"),
    path("", include("applications.urls")),
    path("", include("applications.urls_tracking")),
    path("outages/", include("portal.subscriptions.urls")),
    path("outages/", include("outages.urls")),
    path("", include("portal.supervision.urls")),
    path("", include("portal.public.urls")),
]

handler400 = "portal.errors.bad_request"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.fault"
