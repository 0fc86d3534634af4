"""Cut what is long into pieces that a database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

# As many values as the smallest database takes in one question.
BATCH = 900

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """Yield the items in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
