"""Bring the network in from files: read, preview, apply.

``read`` refuses what is no such file, ``plan`` says what would change and what is
wrong row by row, ``apply`` writes all of it or nothing. Nothing is ever deleted: what
a file leaves out stays, and a 台区 retires by its date.
"""

from outages.services.network_files.applying import apply
from outages.services.network_files.columns import COLUMNS, Part
from outages.services.network_files.planning import plan
from outages.services.network_files.plans import Plan, RowError
from outages.services.network_files.reading import Row, Table, read

__all__ = [
    "COLUMNS",
    "Part",
    "Plan",
    "Row",
    "RowError",
    "Table",
    "apply",
    "plan",
    "read",
]
