"""The picture of the lifecycle, drawn from its table."""

from applications.lifecycle import ACTIONS, OPEN_STATUSES, STATUSES, Phase, Status

HEADER = """# 用电报装的生命周期

<!-- Drawn by `manage.py lifecycle_diagram` from applications/lifecycle.py; `make check`
fails when the two differ. -->

```mermaid
stateDiagram-v2
"""

FOOTER = """```

`withdraw`（撤回申请）可从任何在办状态走到“已撤回”，图中从略。
"""


def draw() -> str:
    """Return docs/lifecycle.md: a mermaid diagram by phase, and a table."""
    return HEADER + _states() + _arrows() + FOOTER + _table()


def _states() -> str:
    lines = []
    for phase in Phase:
        lines.append(f'    state "{phase.label}" as phase_{phase.value} {{')
        lines += [
            f'        state "{status.label}" as {status.value}'
            for status, facts in STATUSES.items()
            if facts.phase is phase
        ]
        lines.append("    }")
    return "\n".join(lines) + "\n"


def _arrows() -> str:
    lines = [f"    [*] --> {Status.DRAFT.value}"]
    for facts in ACTIONS.values():
        if facts.target is None or facts.sources == OPEN_STATUSES:
            continue
        lines += [
            f"    {source.value} --> {facts.target.value}: {facts.label}"
            for source in Status
            if source in facts.sources
        ]
    lines += [
        f"    {status.value} --> [*]"
        for status, facts in STATUSES.items()
        if facts.closed
    ]
    return "\n".join(lines) + "\n"


def _table() -> str:
    lines = ["", "| 状态 | 阶段 | 轮到谁 | 计时环节 |", "|---|---|---|---|"]
    for status, facts in STATUSES.items():
        stage = facts.stage.label if facts.stage else "不计时"
        lines.append(
            f"| {status.label} | {facts.phase.label} | {facts.turn.label} | {stage} |"
        )
    return "\n".join(lines) + "\n"
