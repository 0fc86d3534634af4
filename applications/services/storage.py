"""Stored papers that no row names."""

from datetime import datetime

from django.core.files.storage import default_storage

from applications.models import Document
from sla.ground import strays

FOLDER = "documents"


def remove_orphans(*, at: datetime) -> int:
    """Delete files older than a day that no paper names; return how many."""
    if not default_storage.exists(FOLDER):
        return 0
    folders = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[0]]
    papers = Document.objects.all()
    return sum(strays.remove(folder, papers, "file", at=at) for folder in folders)
