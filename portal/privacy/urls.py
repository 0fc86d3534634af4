"""Addresses of what a person may know and do about their own data."""

from django.urls import path

from portal.privacy import views

urlpatterns = [
    path("me/", views.mine, name="my-data"),
    path("me/code/", views.code, name="my-data-code"),
    path("me/copy/", views.copy, name="my-data-copy"),
    path("me/phone/", views.phone, name="my-data-phone"),
    path("me/close/", views.close, name="my-data-close"),
]
