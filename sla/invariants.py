"""What every floor promises about its data, in one shape."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Invariant:
    """One promise, and the rows that break it (at most a few, as text for people)."""

    name: str
    promise: str
    broken: list[str] = field(default_factory=list)
