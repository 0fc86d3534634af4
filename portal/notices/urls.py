"""Addresses of messages."""

from django.urls import path

from portal.notices.views import inbox, mine

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("messages/", mine.mine, name="messages"),
    path("messages/read/", mine.read_all, name="messages-read"),
    path("messages/<int:message_id>/", mine.open_message, name="message"),
]
