"""办事指南, from guides.yaml; papers and limits come from where they are ruled."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from applications import catalogue

FILE = Path(__file__).with_name("guides.yaml")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the checklist."""

    label: str
    hint: str
    deferrable: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road: what happens and whose turn it is."""

    title: str
    turn: str
    text: str

    @property
    def yours(self) -> bool:
        """Tell whether the applicant takes it."""
        return self.turn == "您"


@dataclass(frozen=True, slots=True)
class Guide:
    """What one kind of user must know before applying."""

    slug: str
    title: str
    icon: str
    summary: str
    user_types: tuple[str, ...]
    conditions: tuple[str, ...]
    papers: tuple[Paper, ...]
    agent_papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    fees: tuple[str, ...]
    basis: tuple[str, ...]


@cache
def all_guides() -> tuple[Guide, ...]:
    """Return every guide in the order of the file."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(_guide(entry) for entry in content["guides"])


def by_slug(slug: str) -> Guide | None:
    """Return one guide, or None."""
    return next((guide for guide in all_guides() if guide.slug == slug), None)


def _guide(entry: dict[str, Any]) -> Guide:
    documents = catalogue.read("documents")
    return Guide(
        slug=entry["slug"],
        title=entry["title"],
        icon=entry["icon"],
        summary=entry["summary"],
        user_types=tuple(entry["user_types"]),
        conditions=tuple(entry["conditions"]),
        papers=_papers(documents["filing"][entry["papers"]], documents),
        agent_papers=_papers(documents["agent_adds"], documents),
        steps=tuple(Step(**step) for step in entry["steps"]),
        fees=tuple(entry["fees"]),
        basis=tuple(entry["basis"]),
    )


def _papers(
    items: list[dict[str, Any]], documents: dict[str, Any]
) -> tuple[Paper, ...]:
    kinds = documents["kinds"]
    return tuple(
        Paper(
            label=kinds[item["kind"]]["label"],
            hint=kinds[item["kind"]]["hint"],
            deferrable=item["deferrable"],
        )
        for item in items
    )
