"""`manage.py check_invariants` says of every promise whether it holds."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from applications.lifecycle import Status
from applications.models import Application, Event
from portal.management.commands import check_invariants
from sla.engine import Unreckonable
from sla.invariants import Invariant
from tests import cast


@pytest.fixture
def said():
    return StringIO()


@pytest.mark.django_db
def test_a_world_walked_through_the_services_keeps_every_promise(said):
    cast.laws()
    cast.walk(Status.ARCHIVED)
    cast.walk(Status.FINAL_INSPECTION, cast.FACTORY)

    call_command("check_invariants", stdout=said)

    lines = said.getvalue().splitlines()
    assert len(lines) > 10
    assert all(line.startswith("✓ ") for line in lines)


@pytest.mark.django_db
def test_a_broken_promise_is_named_with_its_place(said):
    cast.laws()
    application = cast.submitted()
    Application.objects.filter(pk=application.pk).update(status=Status.ACCEPTED)

    with pytest.raises(CommandError, match="不成立"):
        call_command("check_invariants", stdout=said)

    broken = [line for line in said.getvalue().splitlines() if line.startswith("✗ ")]
    assert broken
    assert any("1 处" in line for line in broken)
    assert Event.objects.exists()


@pytest.mark.django_db
def test_an_unreadable_database_is_one_sentence(said, monkeypatch):
    def unreadable(at):
        raise DatabaseError("file is not a database\nmore that nobody needs")

    monkeypatch.setattr("sla.services.invariants.invariants", unreadable)

    with pytest.raises(Unreckonable) as refusal:
        call_command("check_invariants", stdout=said)
    assert str(refusal.value) == (
        "数据库读写不了，请先运行 manage.py migrate（file is not a database）。"
    )
    assert said.getvalue() == ""


def test_only_the_first_places_are_named():
    promise = Invariant("name", "每件都好", ["一", "二", "三", "四"])

    assert check_invariants.line(promise) == "✗ 每件都好：4 处 一；二；三 等"


def test_a_few_places_are_all_named():
    assert check_invariants.line(Invariant("n", "都好", ["一"])) == "✗ 都好：1 处 一"
