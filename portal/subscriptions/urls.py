"""Addresses of subscriptions, below /outages/."""

from django.urls import path

from portal.subscriptions.views import mine, subscribe, worker

app_name = "subscriptions"
urlpatterns = [
    path("subscribe/", subscribe.subscribe, name="subscribe"),
    path("subscribe/code/", subscribe.confirm, name="confirm"),
    path("subscriptions/", mine.mine, name="mine"),
    path("subscriptions/<slug:token>/", mine.one, name="one"),
    path("notifications.js", worker.worker, name="worker"),
]
