"""Addresses of the public pages."""

from django.urls import path

from portal.public import views
from portal.public.views import track

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("limits/", views.limits, name="limits"),
    path("deadline/", views.deadline, name="deadline"),
    path("guide/", views.guide_index, name="guide_index"),
    path("guide/<slug:slug>/", views.guide, name="guide"),
    path("track/", track.track, name="track"),
    path("track/<slug:number>/", track.tracked, name="tracked"),
    path("large-type/", views.large_type, name="large_type"),
]
