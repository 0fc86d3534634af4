"""What is kept about a person, what for and how long, as ``kept.yaml`` says."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLACE = Path(__file__).with_name("kept.yaml")


@dataclass(frozen=True, slots=True)
class Kept:
    """One group of facts; texts are source strings, ``days`` None where no job counts.

    ``text`` says what, ``summary`` what for, ``promise`` how long; without ``source``
    the time is ours.
    """

    key: str
    title: str
    text: str
    summary: str
    promise: str
    source: str = ""
    days: int | None = None


@cache
def groups() -> tuple[Kept, ...]:
    """Return every group, in the order of the file."""
    content: dict[str, Any] = yaml.safe_load(PLACE.read_text(encoding="utf-8"))
    return tuple(Kept(key, **facts) for key, facts in content["groups"].items())
