"""Every promise of this floor, checked against the rows themselves."""

from collections.abc import Iterator
from datetime import datetime

from outages.services.invariants import (
    governance,
    network,
    outages,
    reliability,
    repairs,
)
from sla.invariants import Invariant


def invariants(at: datetime) -> Iterator[Invariant]:
    """Yield every promise with what breaks it at ``at``; reads only."""
    yield from outages.invariants(at)
    yield from repairs.invariants(at)
    yield from governance.invariants(at)
    yield from network.invariants()
    yield from reliability.invariants(at)
