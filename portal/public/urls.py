"""Addresses of the public pages."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

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
    # It sets the language of pages, nothing else: pages stay free of a token.
    path("language/", csrf_exempt(set_language), name="language"),
]
