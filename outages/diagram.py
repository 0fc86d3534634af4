"""The pictures of the three lifecycles, drawn from their tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from outages.lifecycles import governance, outage, repair
from outages.lifecycles.acts import ActFacts

HEADER = """# Outages, repairs and governance: three lifecycles

<!-- Drawn by `manage.py lifecycle_diagram` from outages/lifecycles/; `make check` fails
when the two differ. -->
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One lifecycle: its statuses, its acts, where it begins and where it ends."""

    title: str
    statuses: type[TextChoices]
    acts: Mapping[str, ActFacts]
    first: TextChoices
    last: tuple[TextChoices, ...]


PICTURES = (
    Picture(
        "停电",
        outage.Status,
        outage.ACTS,
        outage.Status.DRAFTED,
        (outage.Status.REVIEWED, outage.Status.CANCELLED),
    ),
    Picture(
        "抢修",
        repair.Status,
        repair.ACTS,
        repair.Status.RECEIVED,
        (repair.Status.CLOSED, repair.Status.DISMISSED),
    ),
    Picture(
        "频繁停电治理",
        governance.Status,
        governance.ACTS,
        governance.Status.OPENED,
        (governance.Status.CLOSED, governance.Status.LIFTED),
    ),
)


def draw() -> str:
    """Return docs/outage-lifecycle.md: a mermaid diagram and a table a lifecycle."""
    return HEADER + "".join(_drawn(picture) for picture in PICTURES)


def _drawn(picture: Picture) -> str:
    lines = [f"\n## {picture.title}\n", "```mermaid", "stateDiagram-v2"]
    lines += [
        f'    state "{status.label}" as {status.value}' for status in picture.statuses
    ]
    lines.append(f"    [*] --> {picture.first.value}")
    lines += [
        f"    {source.value} --> {facts.target}: {facts.label}"
        for facts in picture.acts.values()
        if facts.target is not None
        for source in picture.statuses
        if source in facts.sources
    ]
    lines += [f"    {status.value} --> [*]" for status in picture.last]
    lines += ["```", "", "| 事项 | 由谁 | 从 | 到 |", "|---|---|---|---|"]
    lines += [_row(picture, facts) for facts in picture.acts.values()]
    return "\n".join(lines) + "\n"


def _row(picture: Picture, facts: ActFacts) -> str:
    who = "、".join(str(role.label) for role in sorted(facts.who))
    every = len(facts.sources) == len(picture.statuses)
    sources = [str(s.label) for s in picture.statuses if s in facts.sources]
    origin = "任何状态" if every else "、".join(sources)
    target = picture.statuses(facts.target).label if facts.target else "不变"
    return f"| {facts.label} | {who} | {origin} | {target} |"
