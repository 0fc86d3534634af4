"""On PostgreSQL the portal signs in as a role that adds to its records, no more."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from applications.lifecycle import Status
from applications.models import Event
from applications.services.invariants import invariants
from outages.models import OutageEvent
from portal import rights
from portal.notices.services import telling
from portal.supervision.models import MonthlyFigure
from portal.supervision.services import freezing
from sla.ground.append_only import AppendOnly
from sla.models import ClockEvent
from sla.services import sweep
from tests import cast
from tests.grid import grid
from tests.outages import lives

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

REFUSED = r"permission denied|must be owner"
ON_RECORDS = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} ADD COLUMN more text",
    "DROP TABLE {table} CASCADE",
    "CREATE TRIGGER t AFTER INSERT ON {table} EXECUTE FUNCTION sla_rules_changed()",
)
LET_ALL_PASS = """
CREATE OR REPLACE FUNCTION sla_clockevent_refuse() RETURNS trigger
LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
"""
ON_THE_HOUSE = (
    "CREATE TABLE more (id int)",
    LET_ALL_PASS,
    "ALTER TABLE sla_clock ADD COLUMN more text",
    "TRUNCATE sla_clock CASCADE",
    "SET session_replication_role = replica",
    "UPDATE django_migrations SET name = 'more'",
    "CREATE ROLE more",
)
# Tables with a trigger that runs before every change, and before every removal.
GUARDED = """
SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgtype & 2 > 0
GROUP BY relname HAVING bit_or(tgtype) & 24 = 24
"""


def sql(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def role(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Make a role as the compose service `migrate` does, and remove it afterwards."""
    if sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") != [(True,)]:
        pytest.skip("needs a superuser of PostgreSQL, who may make roles")
    monkeypatch.setenv("POSTGRES_APP_PASSWORD", "it's %s {secret}")
    name = f"{connection.settings_dict['NAME']}_app"
    call_command("grants", name)
    yield name
    sql(f'DROP OWNED BY "{name}"')
    sql(f'DROP ROLE "{name}"')


@pytest.fixture
def signed_in(role: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let everything of the test sign in as the role, with its password."""
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "USER", role)
        patched.setitem(connection.settings_dict, "PASSWORD", "it's %s {secret}")
        connection.close()
        assert sql("SELECT session_user") == [(role,)]
        yield
        connection.close()


def test_an_application_walks_from_the_first_paper_to_the_archive(
    signed_in: None,
) -> None:
    cast.laws()

    application = cast.walk(Status.ARCHIVED, cast.FACTORY)

    assert application.events.count() > 5
    assert [i.name for i in invariants(cast.NOW) if i.broken] == []


def test_time_is_kept_people_are_told_and_months_are_frozen(signed_in: None) -> None:
    cast.laws()
    cast.submitted()
    grid()
    lives.restored()
    late = cast.at("2026-11-02")

    assert sweep.run(at=late).breached
    telling.hush(at=late)
    freezing.run(at=late)

    assert not Event.objects.filter(told_at=None).exists()
    assert not OutageEvent.objects.filter(told_at=None).exists()
    assert MonthlyFigure.objects.exists()


def test_no_record_is_changed_emptied_or_left_unguarded(signed_in: None) -> None:
    for model in connection.introspection.installed_models(list(rights.records())):
        table, column = model._meta.db_table, model._meta.pk.column
        for statement in ON_RECORDS:
            with pytest.raises(ProgrammingError, match=REFUSED):
                sql(statement.format(table=table, column=column))


def test_of_an_event_only_its_telling_can_be_set(signed_in: None) -> None:
    cast.laws()
    event = cast.submitted().events.get()

    Event.objects.filter(pk=event.pk).update(told_at=cast.NOW)
    with pytest.raises(ProgrammingError, match=REFUSED):
        Event.objects.filter(pk=event.pk).update(note="改过")
    with pytest.raises(ProgrammingError, match=REFUSED):
        ClockEvent.objects.update(reason="改过")


def test_the_house_itself_is_not_rebuilt(signed_in: None) -> None:
    for statement in ON_THE_HOUSE:
        with pytest.raises(DatabaseError, match=REFUSED):
            sql(statement)


def test_a_record_is_guarded_by_trigger_and_by_rights_or_by_neither(db: None) -> None:
    guarded = {str(table) for (table,) in sql(GUARDED)}
    kept = {
        model._meta.db_table
        for model in connection.introspection.installed_models(list(rights.records()))
        if issubclass(model, AppendOnly)
    }

    assert guarded == kept
    assert Event._meta.db_table in kept


def test_whatever_is_chained_is_a_record(db: None) -> None:
    tables = connection.introspection.django_table_names(only_existing=True)
    chained = {
        model._meta.db_table
        for model in connection.introspection.installed_models(tables)
        if {"hash", "previous_hash"} <= {field.name for field in model._meta.fields}
    }

    assert chained
    assert chained <= set(rights.records())


def test_granting_again_changes_nothing(role: str) -> None:
    question = "SELECT relname, relacl::text FROM pg_class ORDER BY relname"
    before = sql(question)

    call_command("grants", role)

    assert sql(question) == before


def test_the_server_never_hears_the_password(role: str) -> None:
    with CaptureQueriesContext(connection) as said:
        call_command("grants", role)

    heard = " ".join(query["sql"] for query in said)
    assert "LOGIN PASSWORD 'SCRAM-SHA-256" in heard
    assert "{secret}" not in heard


def test_a_role_is_made_with_a_password_only(
    role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTGRES_APP_PASSWORD")

    call_command("grants", role)
    with pytest.raises(CommandError, match="没有角色 nobody"):
        call_command("grants", "nobody")


def test_the_owner_is_no_role_for_the_portal(db: None) -> None:
    [[owner]] = sql("SELECT current_user")

    with pytest.raises(CommandError, match="给另一个角色授权"):
        call_command("grants", owner)


def test_a_role_that_could_do_more_by_other_ways_is_refused(role: str) -> None:
    sql(f'GRANT pg_write_all_data TO "{role}"')

    with pytest.raises(CommandError, match="仍能改动"):
        call_command("grants", role)


def test_only_the_owner_can_grant(
    signed_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="什么都没有改变"):
        call_command("grants", "another")

    monkeypatch.delenv("POSTGRES_APP_PASSWORD")
    with pytest.raises(CommandError, match="授权没有生效"):
        call_command("grants", "pg_monitor")


def test_what_sqlite_cannot_do_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")

    with pytest.raises(CommandError, match="只有 PostgreSQL"):
        call_command("grants", "bandian_app")
