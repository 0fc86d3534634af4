"""Addresses under which an application is filed, and papers are handed out."""

from django.urls import path

from applications.views import documents, filing
from applications.views.filing.steps import QUESTIONS

app_name = "filing"
KEY = "apply/<uuid:key>"
urlpatterns = [
    path("apply/", filing.start, name="start"),
    path(f"{KEY}/", filing.tasks, name="tasks"),
    path(f"{KEY}/discard/", filing.discard, name="discard"),
    path(f"{KEY}/documents/", filing.papers, name="documents"),
    path(f"{KEY}/documents/<slug:kind>/", filing.upload, name="upload"),
    path(f"{KEY}/check/", filing.check, name="check"),
    path(f"{KEY}/done/", filing.done, name="done"),
    *(
        path(f"{KEY}/{step}/", filing.answer, {"step": step}, name="answer")
        for step in sorted(QUESTIONS)
    ),
    path("documents/<int:pk>/", documents.download, name="document"),
    path("documents/<int:pk>/remove/", documents.remove, name="remove_document"),
]
