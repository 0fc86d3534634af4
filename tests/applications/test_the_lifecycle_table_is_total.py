"""The table says everything about every status, and the transitions follow it."""

import ast
from pathlib import Path

import pytest

from applications import diagram
from applications.forms.acts import FORMS
from applications.lifecycle import (
    ACTIONS,
    OPEN_STATUSES,
    STATUSES,
    UTILITY_STATUSES,
    Status,
    Turn,
)
from applications.models import Application
from applications.permissions import RULES


def test_every_status_has_its_facts() -> None:
    assert set(STATUSES) == set(Status)


def test_a_clock_runs_exactly_where_it_is_the_utilitys_turn() -> None:
    for status, facts in STATUSES.items():
        assert (facts.stage is not None) == (facts.turn is Turn.UTILITY), status


def test_closed_statuses_lead_nowhere_and_open_ones_lead_on() -> None:
    leading_on = {
        source for facts in ACTIONS.values() if facts.target for source in facts.sources
    }
    for status, facts in STATUSES.items():
        assert (status in leading_on) != facts.closed, status


def test_every_status_can_be_reached_from_a_draft() -> None:
    reached, frontier = {Status.DRAFT}, {Status.DRAFT}
    while frontier:
        frontier = {
            facts.target
            for facts in ACTIONS.values()
            if facts.target and facts.sources & frontier
        } - reached
        reached |= frontier
    assert reached == set(Status)


def test_every_act_that_moves_is_a_transition_with_the_tables_ends() -> None:
    moves = {
        name: (facts.sources, facts.target)
        for name, facts in ACTIONS.items()
        if facts.target
    }
    found: dict[str, set[str]] = {}
    targets: dict[str, str] = {}
    for edge in Application().get_all_status_transitions():  # type: ignore[attr-defined]
        found.setdefault(edge.name, set()).add(edge.source)
        targets[edge.name] = edge.target
    assert found == {name: {s.value for s in ends[0]} for name, ends in moves.items()}
    assert targets == {name: ends[1].value for name, ends in moves.items() if ends[1]}


def test_rules_and_forms_are_for_acts_that_exist() -> None:
    assert set(RULES) <= set(ACTIONS)
    assert set(FORMS) <= set(ACTIONS)


def test_open_means_filed_and_still_under_way() -> None:
    assert Status.DRAFT not in OPEN_STATUSES
    assert Status.ENERGISED not in OPEN_STATUSES
    assert UTILITY_STATUSES < OPEN_STATUSES


def test_the_picture_shows_every_status_and_every_move() -> None:
    picture = diagram.draw()
    for status in Status:
        assert f" as {status.value}" in picture
    for name, facts in ACTIONS.items():
        if facts.target and name != "withdraw":
            assert f"--> {facts.target.value}: {facts.label}" in picture


def status_writes(path: Path) -> list[str]:
    """Return where a file writes an attribute or a keyword named status."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {keyword.arg for keyword in node.keywords}
            if node.func.attr in {"update", "create"} and "status" in named:
                found.append(f"{path}:{node.lineno}")
        found += [
            f"{path}:{target.lineno}"
            for target in targets
            if isinstance(target, ast.Attribute) and target.attr == "status"
        ]
    return found


@pytest.mark.parametrize("floor", ["applications", "portal"])
def test_nothing_but_a_transition_writes_the_status(
    floor: str, repository: Path
) -> None:
    files = [
        path
        for path in (repository / floor).rglob("*.py")
        if "migrations" not in path.parts
    ]
    assert len(files) > 10
    assert [write for path in files for write in status_writes(path)] == []


def test_the_guard_against_status_writes_can_see_one(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("a.status = 'x'\nrows.update(status='y')\n")
    assert len(status_writes(wrong)) == 2
