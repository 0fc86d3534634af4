"""What a benchmark says: one row per measured way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement, and what it may cost.

    ``ratio`` is this way's cost in units of the reference measured in the same run, and
    ``limit`` the most that ratio may be; both None where a row is the reference itself
    or a peer shown beside ours. ``passed`` is True for rows without a limit.
    """

    name: str
    value: float
    unit: str
    ratio: float | None
    limit: float | None
    passed: bool


def reference(name: str, value: float, unit: str) -> Row:
    """Return the row that others are measured against."""
    return Row(name, value, unit, 1.0, None, True)


def peer(name: str, value: float, unit: str, ratio: float | None) -> Row:
    """Return a row shown for comparison, without a limit."""
    return Row(name, value, unit, ratio, None, True)


def limited(name: str, value: float, unit: str, ratio: float, limit: float) -> Row:
    """Return a row that passes while its ratio stays within the limit."""
    return Row(name, value, unit, ratio, limit, ratio <= limit)
