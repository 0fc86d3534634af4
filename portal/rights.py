"""What the role that the portal serves with may do: its work, and no more.

Migrations run as the owner of the tables. Pages and workers sign in as a role that
adds to the records and reads them, but changes none, and that alters no table: what a
fault in the portal can reach, it cannot rewrite.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg2 import extensions, sql
from simple_history.models import HistoricalChanges

from sla.ground.append_only import AppendOnly

RECORDS = (AppendOnly, HistoricalChanges, LogEntry)
SCHEMA = [
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "REVOKE ALL ON SCHEMA public FROM {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
]
READ = "GRANT SELECT ON {table} TO {role}"
ADD = "GRANT SELECT, INSERT ON {table} TO {role}"
WORK = "GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"
SET_LATER = "GRANT UPDATE ({column}) ON {table} TO {role}"

ROLE = "SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"
CAN_CHANGE = """
SELECT name FROM unnest(%s) AS name
WHERE has_table_privilege(%s, quote_ident(name), 'UPDATE, DELETE, TRUNCATE')
"""
CANNOT_WORK = """
SELECT name FROM unnest(%s) AS name
WHERE NOT has_table_privilege(%s, quote_ident(name), 'DELETE')
"""
CAN_ALTER = "SELECT 'public' WHERE has_schema_privilege(%s, 'public', 'CREATE')"


class NotGranted(Exception):
    """The rights could not be set, or the role has more; nothing was changed."""


def records() -> dict[str, tuple[str, ...]]:
    """Return the table of every record, with the columns that may be set later."""
    return {
        model._meta.db_table: getattr(model, "set_later", ())
        for model in apps.get_models()
        if issubclass(model, RECORDS)
    }


def work_tables() -> list[str]:
    """Return the tables of this database that the portal writes to at will."""
    ours = connection.introspection.django_table_names(only_existing=True)
    return sorted(set(ours) - set(records()))


def grant(role: str, *, password: str = "") -> None:
    """Give `role` exactly these rights; with a password, make it or renew that.

    Raises NotGranted with a sentence for the operator; then nothing was changed.
    """
    if connection.vendor != "postgresql":
        raise NotGranted("只有 PostgreSQL 有角色和权限，其他数据库不需要这一步。")
    with transaction.atomic():
        _sign_in(role, password)
        for statement, names in _statements():
            _run(statement, role=role, **names)
        _look(role)


def _sign_in(role: str, password: str) -> None:
    """Let the role sign in; the password goes to the server as a digest only."""
    [[connected, exists]] = _rows(ROLE, role)
    if role == connected:
        raise NotGranted(
            f"现在连接数据库的就是 {role}。请用表的所有者连接，给另一个角色授权。"
        )
    if not password:
        if not exists:
            raise NotGranted(f"没有角色 {role}。请设置 POSTGRES_APP_PASSWORD 再试。")
        return
    secret = extensions.encrypt_password(password, role, scope=connection.connection)
    verb = "ALTER" if exists else "CREATE"
    _run(verb + " ROLE {role} LOGIN PASSWORD {secret}", role=role, secret=secret)


def _statements() -> Iterator[tuple[str, dict[str, str]]]:
    """Give every statement with the names in it, in order."""
    yield from ((statement, {}) for statement in SCHEMA)
    yield READ, {"table": MigrationRecorder.Migration._meta.db_table}
    for table in work_tables():
        yield WORK, {"table": table}
    for table, columns in records().items():
        yield ADD, {"table": table}
        for column in columns:
            yield SET_LATER, {"table": table, "column": column}


def _look(role: str) -> None:
    """Ask the database whether it came out so: what it cannot do it only warns of."""
    too_much = _rows(CAN_CHANGE, list(records()), role) + _rows(CAN_ALTER, role)
    if too_much:
        raise NotGranted(
            f"角色 {role} 仍能改动 {too_much[0][0]}：它是超级用户，或属于所有者一组。"
            "请另起一个名字，或收回它的其他权限。"
        )
    if _rows(CANNOT_WORK, work_tables(), role):
        raise NotGranted("授权没有生效：请用建表的角色（所有者）连接数据库再试。")


def _run(statement: str, *, secret: str = "", **names: str) -> None:
    """Run one statement with names, and perhaps a secret, quoted."""
    quoted = {key: sql.Identifier(name) for key, name in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(secret=sql.Literal(secret), **quoted))


def _rows(question: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows that answer a question."""
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return list(cursor.fetchall())
