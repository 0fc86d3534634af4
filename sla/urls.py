"""Addresses of this floor, below /api/v1/."""

from django.urls import path

from sla.api.deadline import DeadlineView
from sla.api.limits import LimitsView

urlpatterns = [
    path("deadline/", DeadlineView.as_view(), name="deadline"),
    path("limits/", LimitsView.as_view(), name="limits"),
]
