"""Short questions in plain SQL, for where the ORM takes longer to ask than to answer.

Building a query costs the ORM about as much as a whole empty page. What is asked on
every filing is asked here; everything else stays with the ORM.
"""

from datetime import datetime
from typing import Any

from django.db import connection


def column(statement: str, *values: Any) -> list[Any]:
    """Return the only column of a statement's rows; moments may be in any zone."""
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [adapt(v) if isinstance(v, datetime) else v for v in values]
        )
        return [row[0] for row in cursor.fetchall()]
