"""Addresses of the API's outages, below /api/v1/outages/."""

from django.urls import path

from outages.api import figures, governance, outages, repairs

urlpatterns = [
    path("", outages.Outages.as_view(), name="api-outages"),
    path("power/", figures.Power.as_view(), name="api-power"),
    path("frequent/", governance.Frequent.as_view(), name="api-frequent"),
    path("frequent/<slug:number>/", governance.OneCase.as_view(), name="api-case"),
    path(
        "frequent/<slug:number>/actions/<slug:action>/",
        governance.CaseActs.as_view(),
        name="api-case-act",
    ),
    path("reliability/", figures.Reliability.as_view(), name="api-reliability"),
    path("reports/", repairs.FaultReports.as_view(), name="api-reports"),
    path("reports/<slug:number>/", repairs.OneReport.as_view(), name="api-report"),
    path("repairs/", repairs.Repairs.as_view(), name="api-repairs"),
    path("repairs/<slug:number>/", repairs.OneRepair.as_view(), name="api-repair"),
    path(
        "repairs/<slug:number>/actions/<slug:action>/",
        repairs.RepairActs.as_view(),
        name="api-repair-act",
    ),
    path("<slug:number>/", outages.OneOutage.as_view(), name="api-outage"),
    path(
        "<slug:number>/actions/<slug:action>/",
        outages.OutageActs.as_view(),
        name="api-outage-act",
    ),
]
