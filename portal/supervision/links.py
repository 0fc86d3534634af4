"""From a figure to the list of what it counted: the same question, narrower."""

from django.http import QueryDict
from django.urls import reverse

# What belongs to one page of one list, and is not carried to the next.
OWN = ("sort", "page", "stage", "bucket", "figure")
# By what a link narrows, for each field that a breakdown groups by.
NARROWS = {"stage": "stage", "user_type": "user_type", "region": "district"}


def drill(query: QueryDict, address: str, **changes: str | None) -> str:
    """Return an address with the filters of the query; None takes one away."""
    asked = query.copy()
    for name in OWN:
        asked.pop(name, None)
    for name, value in changes.items():
        if value is None:
            asked.pop(name, None)
        else:
            asked[name] = value
    words = asked.urlencode()
    return f"{reverse(address)}?{words}" if words else reverse(address)
