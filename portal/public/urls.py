"""Addresses of the public pages."""

from django.urls import path

from portal.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("large-type/", views.large_type, name="large_type"),
]
