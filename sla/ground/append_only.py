"""Records that are added and read, never changed: what the house can be held to."""

from typing import ClassVar

from django.db import models


class AppendOnly(models.Model):
    """Stand for one entry of such a record.

    A trigger of the table's migration refuses change and removal to everybody; the
    role that the portal serves with has no right to either (``portal/rights.py``).
    """

    # Columns that may be set afterwards, since they are no part of what happened.
    set_later: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
