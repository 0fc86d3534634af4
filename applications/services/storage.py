"""Stored files: a request that broke off may leave one without its row."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from applications.models import Document

FOLDER = "documents"
# Long after any request that might still write the row; looked for once a day, a file
# without one is gone within two.
YOUNG = timedelta(days=1)


def remove_orphans(*, at: datetime) -> int:
    """Delete files older than a day that no paper names; return how many."""
    removed = 0
    for folder in _folders():
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        kept = set(
            Document.objects.filter(file__in=names).values_list("file", flat=True)
        )
        for name in names:
            if name not in kept and _is_old(name, at):
                default_storage.delete(name)
                removed += 1
    return removed


def _folders() -> Iterator[str]:
    if default_storage.exists(FOLDER):
        for name in default_storage.listdir(FOLDER)[0]:
            yield f"{FOLDER}/{name}"


def _is_old(name: str, at: datetime) -> bool:
    return default_storage.get_modified_time(name) < at - YOUNG
