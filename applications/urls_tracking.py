"""Addresses under which an applicant follows an application and acts on it."""

from django.urls import path

from applications.views import acts, tracking

urlpatterns = [
    path("applications/", tracking.mine, name="my-applications"),
    path("applications/<slug:number>/", tracking.application, name="application"),
    path(
        "applications/<slug:number>/status/",
        tracking.status,
        name="application-status",
    ),
    path(
        "applications/<slug:number>/why/<int:clock>/",
        tracking.why,
        name="application-why",
    ),
    path("applications/<slug:number>/plan/", tracking.plan, name="application-plan"),
    path("applications/<slug:number>/papers/", acts.papers, name="application-papers"),
    path("applications/<slug:number>/<slug:action>/", acts.act, name="application-act"),
]
