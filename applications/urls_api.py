"""Addresses of the API's applications."""

from django.urls import path

from applications.api import views

urlpatterns = [
    path("applications/", views.Applications.as_view(), name="api-applications"),
    path(
        "applications/<str:ref>/",
        views.OneApplication.as_view(),
        name="api-application",
    ),
    path(
        "applications/<str:ref>/documents/",
        views.Documents.as_view(),
        name="api-documents",
    ),
    path(
        "applications/<str:ref>/actions/<slug:action>/",
        views.Acts.as_view(),
        name="api-act",
    ),
    path(
        "applications/<str:ref>/clocks/<int:clock>/",
        views.WhyThisDate.as_view(),
        name="api-why",
    ),
]
