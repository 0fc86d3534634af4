"""Stored files that no row names: a request that broke off may leave one."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

# Long after any request that might still write the row; looked for once a day, a file
# without one is gone within two.
YOUNG = timedelta(days=1)


def remove(folder: str, rows: QuerySet[Any], field: str, *, at: datetime) -> int:
    """Delete files of a folder older than a day that no row names in this field.

    Return how many.
    """
    if not default_storage.exists(folder):
        return 0
    names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    known = rows.filter(**{f"{field}__in": names})
    kept = set(known.values_list(field, flat=True))
    strays = [
        name
        for name in names
        if name not in kept and default_storage.get_modified_time(name) < at - YOUNG
    ]
    for name in strays:
        default_storage.delete(name)
    return len(strays)
