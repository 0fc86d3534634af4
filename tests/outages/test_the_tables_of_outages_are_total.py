"""Three tables of acts: rules, forms and transitions follow them, and nothing else."""

from pathlib import Path

import pytest

from outages.forms.outage_acts import FORMS
from outages.lifecycles import outage
from outages.lifecycles.outage import ACTS, HAPPENED, OUT, OVER, PUBLIC, Status
from outages.models import Outage
from outages.permissions import BOOKS
from tests.applications.test_the_lifecycle_table_is_total import status_writes


@pytest.mark.parametrize("model", list(BOOKS))
def test_transitions_are_the_acts_that_move(model) -> None:
    acts = BOOKS[model].acts
    moves = {
        name: (set(facts.sources), facts.target)
        for name, facts in acts.items()
        if facts.target is not None
    }
    found: dict[str, tuple[set[str], str]] = {}
    for edge in model().get_all_status_transitions():
        found.setdefault(edge.name, (set(), edge.target))[0].add(edge.source)
    assert found == moves


@pytest.mark.parametrize("model", list(BOOKS))
def test_rules_are_for_acts_that_exist(model) -> None:
    assert set(BOOKS[model].rules) <= set(BOOKS[model].acts)


def test_every_act_of_people_has_its_form() -> None:
    # A draft has a page of its own, and a fault breaks out as it is recorded.
    assert set(FORMS) == set(ACTS) - {"change", "break_out"}


def test_what_happened_is_out_or_over() -> None:
    assert HAPPENED == OUT | OVER
    assert HAPPENED < PUBLIC
    ended = {s for s in Status if not any(s in f.sources for f in _moving())}
    assert ended == {Status.REVIEWED, Status.CANCELLED}


def _moving():
    return [facts for facts in outage.ACTS.values() if facts.target is not None]


def test_nothing_but_a_transition_writes_the_status(repository: Path) -> None:
    files = [
        path
        for path in (repository / "outages").rglob("*.py")
        if "migrations" not in path.parts
    ]
    assert len(files) > 50
    assert [write for path in files for write in status_writes(path)] == []
    assert Outage._meta.get_field("status").editable is False
