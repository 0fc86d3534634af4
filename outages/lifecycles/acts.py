"""What every lifecycle's table of acts is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.utils.functional import Promise

from sla.ground.actors import Role


@dataclass(frozen=True, slots=True)
class ActFacts:
    """An act: who may do it, from where, to where (``None``: the status stays)."""

    label: str | Promise
    who: frozenset[Role]
    sources: frozenset[str]
    target: str | None = None
    danger: bool = False


class Edge(TypedDict):
    """What django-fsm's ``transition`` takes."""

    source: list[str]
    target: str


def edge(acts: Mapping[str, ActFacts], name: str) -> Edge:
    """Return where an act leads from and to, for the transition of the same name."""
    facts = acts[name]
    assert facts.target is not None, name
    return {"source": sorted(facts.sources), "target": facts.target}
