"""The database itself says that a rule changed; processes read the rules again."""

from typing import Any

import pytest
from django.db import connection, transaction

from sla.models import (
    CalendarDay,
    CalendarNotice,
    Policy,
    PolicyLimit,
    Region,
    RulesMark,
)
from sla.services import rulebook
from tests.sla.world import notice

pytestmark = pytest.mark.usefixtures("laws")
RULES = [Region, CalendarNotice, CalendarDay, Policy, PolicyLimit]


@pytest.fixture(autouse=True)
def _every_kind_of_rule(laws: None) -> None:
    notice({"2027-01-04": False}, until="2027-12-31")


def written_by_hand(statement: str) -> None:
    """Write to the database as somebody with its console would."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", RULES)
def test_a_row_changed_by_hand_gives_another_mark(model: Any) -> None:
    before = rulebook.mark()
    table, key = model._meta.db_table, model._meta.pk.column
    written_by_hand(f"UPDATE {table} SET {key} = {key}")
    assert rulebook.mark() not in ("", before)


@pytest.mark.parametrize("model", [CalendarDay, PolicyLimit])
def test_a_row_taken_away_gives_another_mark(model: Any) -> None:
    before = rulebook.mark()
    model.objects.all().delete()
    assert rulebook.mark() != before


def test_a_row_added_gives_another_mark() -> None:
    before = rulebook.mark()
    Region.objects.create(code="999900", name="新市")
    assert rulebook.mark() != before
    assert "999900" in rulebook.current().parents


def test_a_change_taken_back_is_never_taken_for_another() -> None:
    before, book = rulebook.mark(), rulebook.current()
    with transaction.atomic():
        Region.objects.create(code="999900", name="新市")
        assert "999900" in rulebook.current().parents
        transaction.set_rollback(True)
    assert rulebook.mark() == before
    assert rulebook.current() is book
    Region.objects.create(code="999800", name="另一市")
    assert "999900" not in rulebook.current().parents


def test_what_is_no_rule_leaves_the_mark_alone() -> None:
    before = rulebook.mark()
    rulebook.current().calendar("120103")
    assert rulebook.mark() == before


def test_rules_without_a_mark_are_read_each_time() -> None:
    RulesMark.objects.all().delete()
    assert rulebook.mark() == ""
    assert rulebook.current() is not rulebook.current()
